// Looks at the macros of an IOC as `e3 check` does; started by macro-rules.mjs, bundled as dist is.
// node macro-rules-program.mjs <rows> <columns> <runs>: prints a line of JSON, times in ms.
import { loadIoc } from '../../src/check/load/ioc.ts'
import { macroRules } from '../../src/check/macros/rules.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import type { ReadText, Unreadable } from '../../src/startup/source-reader.ts'
import { walk } from '../../src/startup/walk.ts'

const [, , rows = '200', columns = '20', runs = '20'] = process.argv
const names = Array.from({ length: Number(columns) }, (_, index) => `C${index}`)
const sets = Array.from(
  { length: Number(rows) },
  (_, row) => `{ ${names.map((name) => `${name}_${row}`).join(', ')} }`,
)
const record = 'record(ai, "$(C0)$(C1)#") { field(DESC, "$(C2)$(C3=)") field(EGU, "$(C4=V)") }\n'
const texts: Readonly<Record<string, string>> = {
  'st.cmd': 'dbLoadTemplate x.subs\n',
  'x.subs': `file x.db { pattern { ${names.join(', ')} }\n${sets.join('\n')}\n}\n`,
  'x.db': Array.from({ length: 50 }, (_, index) => record.replace('#', `${index}`)).join(''),
}

const load = []
const rules = []
for (let run = 0; run < Number(runs); run++) {
  const begin = performance.now()
  const ioc = loadOnce()
  const start = performance.now()
  const found = macroRules.flatMap((rule) => [...rule(ioc)])
  rules.push(performance.now() - start)
  load.push(start - begin)
  if (found.length !== 1) throw new Error(`one finding was expected, not ${found.length}`)
}
const best = (times: readonly number[]) => Math.min(...times)
console.log(JSON.stringify({ load: best(load), rules: best(rules), first: rules[0] }))

function loadOnce() {
  const sources = new Map(
    Object.entries(texts).map(([name, text]) => [`/ioc/${name}`, { name, text }]),
  )
  const reader = {
    read: (path: string): ReadText | Unreadable => {
      const source = sources.get(path)
      if (!source) return { reason: 'no such file', isMissing: true }
      return { source, isStream: false }
    },
    kindOf: (path: string) => (sources.has(path) ? ('file' as const) : undefined),
    list: () => [],
    realPath: (path: string) => path,
  }
  const line = { name: '<command line>', text: "iocshLoad 'st.cmd'\n" }
  const outcome = walk({
    formats: () => fileFormats,
    parts: [{ at: { source: line, start: 11, end: 17 }, source: line }],
    ...{ environment: new Map(), cwd: '/ioc', reader, modules: [], incomplete: false },
  })
  return loadIoc({ name: 'st.cmd', outcome, reader, dbd: undefined }).ioc
}
