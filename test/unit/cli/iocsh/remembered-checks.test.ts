import { expect, test } from 'vitest'
import type { CheckerInput } from '../../../../src/cli/iocsh/checker.ts'
import { rememberContents, rememberLibraries } from '../../../../src/cli/iocsh/remembered-checks.ts'
import type { FileWatch } from '../../../../src/host/observed-files.ts'
import type { AnswerQuestion, RememberedAnswers } from '../../../../src/host/remembered-answers.ts'
import type { LibraryCheckInput } from '../../../../src/modules/check/input.ts'
import type { CheckLibraries } from '../../../../src/modules/check/library-check.ts'
import { diagnostic } from '../../../../src/text/diagnostic.ts'
import { walkScript } from '../../../support/checked-script.ts'
import { planInput } from '../../../support/plan-input.ts'

/** Remembers without files; what is asked about files is in `asked`. */
function answersOf(asked: string[] = []): RememberedAnswers {
  const kept = new Map<string, string>()
  const keyOf = ({ topic, key }: AnswerQuestion): string => `${topic} ${key}`
  const watch: FileWatch = {
    ask: (question, path) => asked.push(`${question} ${path}`),
    end: () => [],
  }
  return {
    find(question) {
      const text = kept.get(keyOf(question))
      return text === undefined ? undefined : JSON.parse(text)
    },
    watch: () => watch,
    keep: (question, answer) => kept.set(keyOf(question), JSON.stringify(answer)),
    write() {},
  }
}

const libraries: LibraryCheckInput = {
  base: { arch: 'linux-x86_64', libraryDirectory: '/base/lib', libraries: ['libCom.so'] },
  modules: [
    {
      name: 'asyn',
      version: { kind: 'test', name: 'mine', text: 'mine' },
      library: '/m/libasyn.so',
      requestedBy: [],
    },
  ],
}
const noFiles = {
  open: () => undefined,
  exists: () => false,
  text: () => undefined,
  realPath: (path: string) => path,
}

/** Says how often it was asked. */
function libraryCheck(isGood: boolean): { check: CheckLibraries; calls: () => number } {
  let calls = 0
  return {
    calls: () => calls,
    check(_, files) {
      calls++
      files.text('/m/asyn.dbd')
      const found = diagnostic('LIBRARY_WRONG_ARCH', 'wrong', {})
      return { registrations: new Map([['asyn', 'all']]), diagnostics: isGood ? [] : [found] }
    },
  }
}

test('libraries that are good are looked into once', () => {
  const asked: string[] = []
  const { check, calls } = libraryCheck(true)
  const remembered = rememberLibraries(answersOf(asked), () => check)
  const first = remembered(libraries, noFiles)
  expect(remembered(libraries, noFiles)).toEqual(first)
  expect(first.registrations.get('asyn')).toBe('all')
  expect(calls()).toBe(1)
  expect(asked).toEqual(['contents /m/asyn.dbd'])
})

test.each<[string, Partial<LibraryCheckInput>]>([
  ['another search path', { libraryPath: ['/opt'] }],
  ['another library', { otherLibraries: [{ path: '/x.so' }] }],
  ['one module less', { modules: [] }],
  ['another base', { base: { ...libraries.base, libraries: [] } }],
])('and again for %s', (_, change) => {
  const { check, calls } = libraryCheck(true)
  const remembered = rememberLibraries(answersOf(), () => check)
  remembered(libraries, noFiles)
  remembered({ ...libraries, ...change }, noFiles)
  expect(calls()).toBe(2)
})

test('a library with a mistake is looked into each time', () => {
  const { check, calls } = libraryCheck(false)
  const remembered = rememberLibraries(answersOf(), () => check)
  for (const time of [1, 2]) {
    expect(remembered(libraries, noFiles).diagnostics).toHaveLength(1)
    expect(calls()).toBe(time)
  }
})

function inputWith(environment: ReadonlyMap<string, string>): CheckerInput {
  const { outcome, reader } = walkScript('dbLoadRecords a.db\n', { files: { 'a.db': '' } })
  const { base, site } = planInput([])
  return {
    ...{ outcome: { ...outcome, environment }, registrations: new Map(), reader, base, site },
    ...{ depth: 'errors', cwd: '/here', uid: 1, moduleRecords: '' },
  }
}

/** How often a check is run for two environments that differ in one variable. */
function runsOf(use: (input: CheckerInput) => void, name: string): number {
  let runs = 0
  const remembered = rememberContents(answersOf(), () => (input) => {
    runs++
    use(input)
    return []
  })
  for (const value of ['1', '2']) remembered(inputWith(new Map([[name, value]])))
  return runs
}

test.each<[string, (input: CheckerInput) => void, string, number]>([
  ['nothing was asked', () => {}, 'PATH', 1],
  ['another variable was asked', ({ outcome }) => outcome.environment.get('HOME'), 'PATH', 1],
  ['this one was', ({ outcome }) => outcome.environment.get('PATH'), 'PATH', 2],
  ['it was looked for', ({ outcome }) => outcome.environment.has('PATH'), 'PATH', 2],
  ['all were looked at', ({ outcome }) => [...outcome.environment], 'PATH', 2],
  ['all names were', ({ outcome }) => [...outcome.environment.keys()], 'PATH', 2],
  ['they were counted', ({ outcome }) => outcome.environment.size, 'PATH', 2],
  ['it is one of a session', ({ outcome }) => outcome.environment.get('SSH_TTY'), 'PATH', 2],
])('a variable has changed, and %s', (_, use, name, runs) => {
  expect(runsOf(use, name)).toBe(runs)
})

test('what is asked of a reader that has answered before is noted', () => {
  const asked: string[] = []
  const remembered = rememberContents(answersOf(asked), () => ({ reader }) => {
    reader.read('/here/a.db')
    reader.kindOf('/here')
    reader.list('/here')
    reader.realPath('/here/a.db')
    return []
  })
  remembered(inputWith(new Map()))
  const questions = ['contents /here/a.db', 'state /here', 'names /here', 'target /here/a.db']
  expect(asked).toEqual(questions)
})

test('what was found is found again', () => {
  const found = [diagnostic('FIELD_UNKNOWN', 'no such field', {})]
  const remembered = rememberContents(answersOf(), () => () => found)
  for (const _ of [1, 2]) expect(remembered(inputWith(new Map()))).toBe(found)
})

test.each([[7], ['x'], [[1]], [[['asyn']]], [{}]])(
  'a damaged answer counts for nothing: %j',
  (answer) => {
    const damaged = { ...answersOf(), find: () => answer }
    const { check, calls } = libraryCheck(true)
    rememberLibraries(damaged, () => check)(libraries, noFiles)
    expect(calls()).toBe(1)
    const found = [diagnostic('FIELD_UNKNOWN', 'no such field', {})]
    expect(rememberContents(damaged, () => () => found)(inputWith(new Map()))).toBe(found)
  },
)
