import { expect, test } from 'vitest'
import { createShell } from '../../../src/shell/shell.ts'
import type { ScriptRun, ShellOptions, ShellProblem } from '../../../src/shell/types.ts'

interface Outcome {
  readonly status: number
  readonly calls: readonly string[]
  readonly problems: readonly ShellProblem[]
  readonly runs: readonly ScriptRun[]
  readonly environment: ReadonlyMap<string, string>
}

/** Runs `main` of some scripts; calls are shown as their words joined by `|`. */
function run(files: Record<string, string>, options: Partial<ShellOptions> = {}): Outcome {
  const calls: string[] = []
  const problems: ShellProblem[] = []
  const runs: ScriptRun[] = []
  const shell = createShell({
    ...options,
    host: {
      readScript: (path) => (path in files ? { name: path, text: files[path] ?? '' } : undefined),
      command({ name, words }) {
        if (name === 'fail') return 'error'
        if (name !== 'echo') return 'not-found'
        calls.push(
          words
            .slice(1)
            .map(({ text }) => text)
            .join('|'),
        )
        return 'ok'
      },
      problem: (problem) => problems.push(problem),
      started: (started) => runs.push(started),
      ...options.host,
    },
  })
  const status = shell.load('main')
  return { status, calls, problems, runs, environment: shell.environment }
}

test.each([
  ['nosuch a', 'command-not-found', 'nosuch'],
  ['iocshLoad nosuch', 'script-not-found', 'nosuch'],
  ['< nosuch', 'script-not-found', 'nosuch'],
  ['iocshLoad', 'missing-argument', 'pathname'],
  ['epicsEnvSet A', 'missing-argument', 'environment variable value'],
  ['epicsEnvUnset', 'missing-argument', 'environment variable name'],
  ['on error sometimes', 'wrong-usage', 'on error continue | break | halt | wait <seconds>'],
  ['echo "a', 'unbalanced-quote', ''],
  ['echo a >x >y', 'repeated-redirection', ''],
])('%s: %s', (line, kind, name) => {
  const { problems, status } = run({ main: `${line}\n` })
  expect(problems).toMatchObject([{ kind, name, line: { number: 1, raw: line } }])
  expect(status).toBe(0)
})

test('each load is a run of its own that knows where it came from', () => {
  const { runs, calls } = run({
    main: 'iocshLoad sub A=1\n< sub\n',
    sub: "iocshRun 'echo $(A=none) $(B)' B=2\n",
  })
  expect(calls).toEqual(['1|2', 'none|2'])
  expect(
    runs.map(({ kind, macros, depth, parent }) => [kind, macros, depth, parent?.number]),
  ).toEqual([
    ['iocshLoad', undefined, 0, undefined],
    ['iocshLoad', 'A=1', 1, 1],
    ['iocshRun', 'B=2', 2, 1],
    ['<', undefined, 1, 2],
    ['iocshRun', 'B=2', 2, 1],
  ])
})

test('the environment wins over macros from where it is set', () => {
  const { calls, environment } = run({
    main: 'iocshLoad sub A=1\necho $(A)\nepicsEnvUnset A\necho $(A=gone)\n',
    sub: 'echo $(A)\nepicsEnvSet A 2\necho $(A)\nepicsEnvSet B=C x\n',
  })
  expect(calls).toEqual(['1', '2', '2', 'gone'])
  expect([...environment]).toEqual([['IOCSH_STARTUP_SCRIPT', 'sub']])
})

test('`on error break` ends the script at the next error', () => {
  const { calls, problems, status } = run({
    main: 'nosuch\non error break\necho 1\nfail\necho 2\n',
  })
  expect(status).toBe(-1)
  expect(calls).toEqual(['1'])
  expect(problems.map(({ kind }) => kind)).toEqual(['command-not-found', 'break'])
})

test('`on error wait` goes on, `on error halt` stops everything', () => {
  const waited = run({ main: 'on error wait 1.5\nfail\necho 1\n' })
  expect(waited).toMatchObject({
    status: -1,
    calls: ['1'],
    problems: [{ kind: 'wait', name: '1.5' }],
  })
  const halted = run({ main: 'iocshLoad sub\necho 1\n', sub: 'on error halt\nfail\n' })
  expect(halted).toMatchObject({ status: -1, calls: [], problems: [{ kind: 'halt' }] })
})

test.each([
  ['on error wait 1s', '5.0'],
  ['on error wait ""', '5.0'],
  ['on error wait 2\non error wait', '2.0'],
])('%s waits %s seconds', (line, seconds) => {
  const { problems, calls } = run({ main: `${line}\nfail\necho 1\n` })
  expect(problems.filter(({ kind }) => kind === 'wait')).toMatchObject([{ name: seconds }])
  expect(calls).toEqual(['1'])
})

test('without seconds `on error wait` halts', () => {
  for (const line of ['on error wait', 'on error wait 2\non error halt\non error wait']) {
    expect(run({ main: `${line}\nfail\necho 1\n` }).problems.at(-1)).toMatchObject({ kind: 'halt' })
  }
})

test('the host sees lines that are not run', () => {
  const seen: string[] = []
  const { calls } = run(
    { main: '# c\necho $(X)\necho 1\n' },
    { host: { ...silent, line: ({ raw, expansion }) => seen.push(`${raw} ${expansion?.ok}`) } },
  )
  expect(seen).toEqual(['# c undefined', 'echo $(X) false', 'echo 1 true'])
  expect(calls).toEqual([])
})

const silent = {
  readScript: () => ({ name: 'main', text: '# c\necho $(X)\necho 1\n' }),
  command: () => 'ok' as const,
}

test('a script that loads itself is stopped, once', () => {
  for (const line of ['iocshLoad main', '< main', 'iocshLoad main\niocshLoad main']) {
    const { problems, status } = run({ main: `${line}\n` })
    expect(problems.map(({ kind }) => kind)).toEqual(['too-deep'])
    expect(status).toBe(-1)
  }
})

test('scripts that load each other in ever more ways are stopped', () => {
  const files: Record<string, string> = { main: '< 0\n' }
  for (let index = 0; index < 30; index++) files[index] = `< ${index + 1}\n< ${index + 1}\n`
  files['30'] = ''
  expect(run(files).problems.map(({ kind }) => kind)).toEqual(['too-many-scripts'])
})

test('so are long scripts that do, before they take long', () => {
  const long = `${'echo 1\n'.repeat(2000)}< main\n`.repeat(2)
  const started = Array.from({ length: 200 }, () => '< long\n').join('')
  const { problems } = run({
    main: started,
    long: long.replaceAll('< main', '< other'),
    other: 'echo 2\n',
  })
  expect(problems.map(({ kind }) => kind)).toEqual(['too-many-scripts'])
})

test('and those in which macros make ever more text', () => {
  const { problems, status } = run({
    main: 'iocshLoad a "P=x"\n'.repeat(200),
    a: 'iocshLoad(a, "P=$(P)$(P)")\necho $(P)\n',
  })
  expect(problems.map(({ kind }) => kind).at(-1)).toBe('too-much-text')
  expect(status).toBe(-1)
})

test('a redirection of a script holds for the lines in it', () => {
  const outputs: string[] = []
  const files: Record<string, string> = { main: 'iocshLoad sub > a\n', sub: 'echo 1\necho 2 > b\n' }
  run(files, {
    host: {
      readScript: (path) => ({ name: path, text: files[path] ?? '' }),
      command: ({ redirections }) => {
        outputs.push(redirections.map(({ fd, file }) => `${fd}${file.text}`).join())
        return 'ok'
      },
    },
  })
  expect(outputs).toEqual(['1a', '1b'])
})

test('newer bases: lines are joined, the startup script stays', () => {
  const files = { main: 'iocshLoad sub\necho $(IOCSH_STARTUP_SCRIPT) \\\nb\n', sub: 'echo a\n' }
  expect(run(files, { continuation: true, keepsStartupScript: true }).calls).toEqual([
    'a',
    'main|b',
  ])
  expect(run(files).calls).toEqual(['a'])
})
