// The walk of large scripts: 500 files, one after the other or each loaded by the one before. Their
// databases are not looked at, which is no part of the walk.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { iocshPath, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf } from './lib/timing.mjs'

const files = 500
const load = (index) => `iocshLoad "$(D)/${index}.iocsh" "N=${index},P=$(P)"`
const everyFile = Array.from({ length: files }, (_, index) => load(index + 1))

await benchmark(`walk of a script that loads ${files} files`, () => withSite(measure))

async function measure({ folder, env }) {
  const program = (name, linesOf) => ({
    command: [iocshPath, '--dry-run', '--no-check', writeScripts(join(folder, name), linesOf)],
    env,
  })
  const times = mediansOf(
    {
      empty: program('empty', () => []),
      sequential: program('sequential', (index) => (index === 0 ? everyFile : [])),
      nested: program('nested', (index) => [load(index + 1)]),
    },
    Number(process.env.BENCH_RUNS ?? 15),
  )
  const more = (name) => times[name] - times.empty
  return [
    { what: 'a script that loads nothing', measured: times.empty, unit: 'ms' },
    { what: 'one after the other, more', measured: more('sequential'), limit: 150, unit: 'ms' },
    { what: 'each in the one before, more', measured: more('nested'), limit: 150, unit: 'ms' },
  ]
}

function writeScripts(folder, linesOf) {
  mkdirSync(folder)
  writeFileSync(join(folder, '1.db'), 'record(ai, "$(P)$(N)") {}\n')
  const start = [`epicsEnvSet D ${folder}`, 'epicsEnvSet P "BENCH:"', ...linesOf(0)]
  writeFileSync(join(folder, 'st.cmd'), `${start.join('\n')}\n`)
  for (let index = 1; index <= files; index++) {
    const next = index < files ? linesOf(index) : []
    const own = [
      `# file ${index} of ${files}`,
      `epicsEnvSet "NAME_${index}" "$(P)$(N)"`,
      'dbLoadRecords "$(D)/1.db" "P=$(P),N=$(N)"',
    ]
    writeFileSync(join(folder, `${index}.iocsh`), `${[...own, ...next].join('\n')}\n`)
  }
  return join(folder, 'st.cmd')
}
