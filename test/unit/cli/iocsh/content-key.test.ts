import { expect, test } from 'vitest'
import type { CheckerInput } from '../../../../src/cli/iocsh/checker.ts'
import { contentKey } from '../../../../src/cli/iocsh/content-key.ts'
import { walkScript } from '../../../support/checked-script.ts'
import { planInput } from '../../../support/plan-input.ts'

const files = {
  'a.db': 'record(ai, "$(P)a") {}\n',
  'b.db': 'record(ai, "b") {}\n',
  'rows.subs': 'file a.db { { P=A } }\n',
  'more.cmd': 'dbLoadRecords a.db "P=$(Q)"\n',
  'top.vdb': 'template(t) {}\n',
}

const script = [
  'epicsEnvSet P LAB:',
  'dbLoadRecords a.db "P=$(P)"',
  'dbLoadTemplate rows.subs',
  'iocshLoad more.cmd "Q=q:"',
  'someConfigure PORT 1',
  'iocInit',
  'dbpf LAB:a 1',
  '',
].join('\n')

function keyOf(text: string, change: Partial<CheckerInput> = {}): string | undefined {
  const { outcome, reader } = walkScript(text, { files })
  const { base, site } = planInput([])
  const registrations = new Map()
  return contentKey({
    ...{ outcome, registrations, reader, base, site, depth: 'errors', cwd: '/here', uid: 1 },
    moduleRecords: '',
    ...change,
  })
}

test.each<[string, string]>([
  ['a comment', `# comment\n${script}`],
  ['an empty line', `\n${script}`],
  ['what is printed', `echo "hello"\n${script}`],
  ['another way to the same values', script.replace('$(P)', 'LAB:')],
  ['a value of the environment that nothing uses', `epicsEnvSet OTHER value\n${script}`],
  ['other macros of a script that lead to the same', script.replace('"Q=q:"', '"X=1,Q=q:"')],
])('is the same for %s', (_, text) => {
  expect(keyOf(text)).toBe(keyOf(script))
})

test.each<[string, string, Partial<CheckerInput>?]>([
  ['the macros of a load', script.replace('P LAB:', 'P OTHER:')],
  ['the macros of a nested script', script.replace('Q=q:', 'Q=r:')],
  ['another file', script.replace('a.db', 'b.db')],
  ['the order', script.replace(/(dbLoadRecords.*\n)(dbLoadTemplate.*\n)/, '$2$1')],
  ['an argument of a command', script.replace('PORT 1', 'PORT 2')],
  ['a command behind iocInit', script.replace('iocInit\ndbpf LAB:a 1', 'dbpf LAB:a 1\niocInit')],
  ['a line that is gone', script.replace('someConfigure', '#')],
  ['a setting without its value', script.replace('P LAB:', 'P')],
  ['what is written to a file', script.replace('iocInit', 'echo x > saves.req\niocInit')],
  ['a folder', `cd /\ncd /here\n${script}`],
  ['a missing module', `require none\n${script}`],
  ['the working directory', script, { cwd: '/' }],
  ['records of the modules', script, { moduleRecords: 'record(stringin, "A:X_VER") {}' }],
  ['how a module registers itself', script, { registrations: new Map([['asyn', 'all']]) }],
  ['another base', script, { base: { ...planInput([]).base, dbd: '/other/dbd/softIocPVA.dbd' } }],
])('differs in %s', (_, text, change) => {
  expect(keyOf(text, change)).not.toBe(keyOf(script))
})

test('differs in what a line would load that is skipped', () => {
  const skipping = (macros: string) => `setsVariables\n${script}dbLoadRecords a.db "${macros}"\n`
  const key = keyOf(skipping('P=$(MAYBE),Q=1').replace('iocInit', ''))
  expect(keyOf(skipping('P=$(MAYBE),R=1').replace('iocInit', ''))).not.toBe(key)
  expect(keyOf(skipping('P=$(MAYBE),Q=1').replace('iocInit', '# x'))).toBe(key)
})

test.each<[string, string, Partial<CheckerInput>?]>([
  ['lints', script, { depth: 'all' }],
  ['what the site calls errors', script, { depth: 'site' }],
  ['hierarchies', 'dbLoadRecords top.vdb\n'],
  ['hierarchies of a line that is skipped', 'dbLoadRecords top.vdb "P=$(MAYBE)"\n'],
])('there is none for %s', (_, text, change) => {
  expect(keyOf(text, change)).toBeUndefined()
})
