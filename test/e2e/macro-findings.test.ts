import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { unusedMacros } from '../../src/check/macros/unused.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { embeddedTestBase } from '../support/machine.ts'
import { walkedIoc } from '../support/walked-ioc.ts'

const base = await embeddedTestBase()
const program = join(base ?? '', 'bin', machineArchitecture(), 'softIocPVA')
const folder = mkdtempSync(join(tmpdir(), 'macros-'))
const env = { ...process.env, ...(await privateNetwork()) }
afterAll(() => rmSync(folder, { recursive: true }))

type Files = Record<string, string>

/**
 * The macros that the IOC calls undefined or recursive while it runs the script; of a loop the two
 * names that it mentions.
 */
function complaintsOfIoc(files: Files): string[][] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const { stdout, stderr } = spawnSync(program, ['st.cmd'], {
    ...{ cwd: folder, env, input: '', encoding: 'utf8', maxBuffer: 2 ** 26 },
  })
  const complaint = /macLib: macro (\S+) is (?:undefined|recursive \(expanding macro (\S+)\))/g
  const found = `${stdout}${stderr}`.matchAll(complaint)
  return Array.from(found, ([, name = '', other]) => (other ? [name, other] : [name]))
}

/** The macros that are reported as undefined or recursive. */
function reported(files: Files): string[] {
  const { diagnostics, ioc } = walkedIoc({ files })
  const unused = [...unusedMacros(ioc)].flatMap(({ notes }) =>
    notes.flatMap(({ message }) => /(\S+) is undefined/.exec(message)?.[1] ?? []),
  )
  const all = [...diagnostics, ...(ioc.outcome?.diagnostics ?? [])]
  const names = all.flatMap(({ code, message }) =>
    code === 'MACRO_UNDEFINED' || code === 'MACRO_RECURSIVE'
      ? (/macro ([^\s,]+)/.exec(message)?.[1] ?? [])
      : [],
  )
  return [...new Set([...names, ...unused])].sort()
}

/** Everything a script can do with macros, each case with names of its own. */
const cases: Files = {
  'st.cmd': [
    'echo $(LINE)',
    'echo $(WITHDEFAULT=1) $(NESTED=$(INNER))',
    '# $(COMMENT)',
    'dbLoadRecords a.db',
    'dbLoadRecords("a.db", "GIVEN=1")',
    `dbLoadRecords("a.db", 'GIVEN=$(VALUE)')`,
    `dbLoadRecords("loop.db", 'LOOP1=$(LOOP2),LOOP2=$(LOOP1)')`,
    `dbLoadRecords("outer.db", 'OUTER=1,UNUSED=$(NOWHERE)')`,
    'dbLoadTemplate("rows.subs", "COMMAND=1")',
    'iocshLoad("snippet.iocsh", "SNIPPET=1")',
    `iocshRun('echo $(RUN) $(RUNNOT)', "RUN=1")`,
    '',
  ].join('\n'),
  'a.db': [
    '# $(INCOMMENT) and $(GIVEN=)',
    'record(ai, "a") {',
    '  field(DESC, "$(FIELD) $(FIELD) ${BRACES} $(DEFAULT=x) $(EMPTY=)")',
    '  info(a, "$(INFO)") # it is $(BEHIND) or $(ANOTHER="$(DEEP)")',
    '}',
    '',
  ].join('\n'),
  'loop.db': 'record(ai, "l") { info(a, "$(LOOP1)") }\n',
  'outer.db': 'include "inner.db"\n# $(OUTER) $(OUTERNOT)\n',
  'inner.db': 'record(ai, "o") { info(a, "$(OUTER) $(INNERNOT)") }\n',
  'rows.subs': [
    'global { GLOBAL=1 }',
    'file row.db {',
    '  pattern { COLUMN, SHORT }',
    '  { "$(COMMAND)", 1 }',
    '  { "$(COLUMNNOT)" }',
    '}',
    '',
  ].join('\n'),
  'row.db': 'record(ai, "r$(COLUMN,COLUMN=)") { info(a, "$(COLUMN)$(GLOBAL)$(SHORT)$(ROWNOT)") }\n',
  'snippet.iocsh': 'echo $(SNIPPET) $(SNIPPETNOT)\niocshLoad deeper.iocsh\n',
  'deeper.iocsh': 'echo $(SNIPPET) $(DEEPERNOT)\n',
}

/** Databases and lists of nested references, the same ones each time. */
function generated(count: number): Files {
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return Math.floor(seed / 65536) % below
  }
  const files: Files = {}
  const lines: string[] = []
  for (let index = 0; index < count; index++) {
    const name = () => `M${index}_${next(6)}`
    const reference = (depth: number): string => {
      const inner = depth > 2 ? '' : reference(depth + 1)
      const forms = ['$(N)', '${N}', '$(N=)', '$(N=x)', `$(N=${inner})`, '$(N=${N})', 'text']
      return (forms[next(forms.length)] ?? '').replaceAll('N', name())
    }
    const items = Array.from({ length: next(4) }, () => `${name()}=${reference(1)}`)
    // All given ones are used: the IOC complains of values that nothing uses, too.
    const used = items.map((item) => `$(${item.split('=')[0]})`)
    const text = [...used, ...Array.from({ length: 5 }, () => reference(0))]
    files[`g${index}.db`] = text.map((one, at) => `# ${at} ${one}\n`).join('')
    lines.push(`dbLoadRecords("g${index}.db", '${items.join(',')}')`)
  }
  return { ...files, 'st.cmd': `${lines.join('\n')}\n` }
}

describe.skipIf(base === undefined)('missing macros', () => {
  test.each([
    ['a script with all kinds of loads', cases],
    ['generated lists and databases', generated(150)],
  ])('%s: all that the IOC complains of is reported', (_title, files) => {
    const complaints = complaintsOfIoc(files)
    const found = reported(files)
    expect(complaints.length).toBeGreaterThan(10)
    expect(complaints.filter((names) => !names.some((name) => found.includes(name)))).toEqual([])
    const all = new Set(complaints.flat())
    expect(found.filter((name) => !all.has(name))).toEqual([])
  })
})
