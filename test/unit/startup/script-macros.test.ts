import { expect, test } from 'vitest'
import { createShell } from '../../../src/shell/shell.ts'
import { watchMacros } from '../../../src/startup/script-macros.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { processorTime, soon } from '../../support/processor-time.ts'

/** Runs `st.cmd` and tells what became of the macros of each run inside. */
function macrosOf(files: Record<string, string>, environment: Record<string, string> = {}) {
  const watch = watchMacros()
  const shell = createShell({
    environment: new Map(Object.entries(environment)),
    host: {
      readScript: (path) =>
        files[path] === undefined ? undefined : { name: path, text: files[path] },
      command: () => 'ok',
      builtIn: watch.builtIn,
      line: (line) => watch.line(line, shell.macros.raw),
      started: (run) => watch.started(run, shell.environment),
      finished: watch.finished,
    },
  })
  shell.read('st.cmd')
  return watch.macros
}

/** Of the runs that `st.cmd` started. */
function summary(files: Record<string, string>, environment: Record<string, string> = {}) {
  return macrosOf(files, environment)
    .scopes.slice(1)
    .map((scope) =>
      [
        scope.run.path,
        ...[...scope.used].map((name) => `uses ${name}`),
        ...[...scope.missing].map(
          ([name, { at, hasDefault }]) =>
            `${hasDefault ? 'default' : 'undefined'} ${name} ${formatPlace(at)}`,
        ),
        ...[...scope.shadowed].map(([name, value]) => `hides ${name}=${value}`),
        ...scope.removed.map(
          ({ name, by, value, wasUsed, usedBehind }) =>
            `loses ${name}=${value} ${by.run.path}:${by.number}${wasUsed ? ' used' : ''}${usedBehind ? ` then ${usedBehind.run.path}:${usedBehind.number}` : ''}`,
        ),
      ].join(', '),
    )
}

test.each<[string, Record<string, string>, string[]]>([
  [
    'used, missing and defaulted names',
    { 'st.cmd': 'iocshLoad x "A=1,B=2"\n', x: 'echo $(A) $(C=3)\necho $(D) $(C=4)\n' },
    ['x, uses A, default C x:1:11, undefined D x:2:6'],
  ],
  [
    'a name that only the value of another uses',
    { 'st.cmd': "iocshLoad x 'A=$(B),B=2'\n", x: 'echo $(A)\n' },
    ['x, uses A, uses B'],
  ],
  [
    'a name used by a script inside belongs to the nearest that gives it',
    { 'st.cmd': 'iocshLoad x "A=1,B=2"\n', x: 'iocshLoad y "A=3"\n', y: 'echo $(A) $(B)\n' },
    ['x, uses B', 'y, uses A'],
  ],
  [
    'a script read with < has the macros of the one around it',
    { 'st.cmd': 'iocshLoad x "A=1"\n', x: '< y\n', y: 'echo $(A)\n' },
    ['x, uses A', 'y, uses A'],
  ],
  [
    'variables with another value',
    { 'st.cmd': 'iocshLoad x "E=1,F=same"\n', x: 'echo $(E)\n' },
    ['x, uses E, hides E=env'],
  ],
  [
    'a variable set in the script that was given the macro',
    { 'st.cmd': 'iocshLoad x "A=1"\n', x: 'epicsEnvSet A 2\necho $(A)\n' },
    ['x, loses A=2 x:1'],
  ],
  [
    'a default that keeps the value',
    { 'st.cmd': 'iocshLoad x "A=1"\n', x: 'epicsEnvSet A $(A=2)\n' },
    ['x, uses A, loses A=1 x:1 used'],
  ],
  [
    'a script inside that sets a variable, used behind it',
    {
      'st.cmd': 'iocshLoad x "A=1"\n',
      x: 'echo $(A)\niocshLoad y\necho $(A)\necho $(A)\n',
      y: 'epicsEnvSet A 2\necho $(A)\n',
    },
    ['x, uses A, loses A=2 y:1 used then x:3', 'y'],
  ],
  [
    'one that is not used behind it',
    { 'st.cmd': 'iocshLoad x "A=1"\necho $(A)\n', x: 'iocshLoad y\n', y: 'epicsEnvSet A 2\n' },
    ['x, loses A=2 y:1', 'y'],
  ],
  [
    'a macro that is unset',
    { 'st.cmd': 'iocshLoad x "A=1"\n', x: 'epicsEnvUnset A\necho $(A=0)\n' },
    ['x, default A x:2:6, loses A=undefined x:1'],
  ],
  [
    'commands that lack their words change nothing',
    { 'st.cmd': 'iocshLoad x "A=1"\n', x: 'epicsEnvSet\nepicsEnvSet A\necho $(A)\n' },
    ['x, uses A'],
  ],
])('%s', (_title, files, expected) => {
  expect(summary(files, { E: 'env', F: 'same' })).toEqual(expected)
})

test('variables that lines used', () => {
  const { fromEnvironment } = macrosOf({ 'st.cmd': 'echo $(E) $(G=1)\n' }, { E: '1', F: '2' })
  expect([...fromEnvironment]).toEqual(['E'])
})

test('many lines and names cost little', () => {
  const list = Array.from({ length: 200 }, (_, index) => `A${index}=1`).join()
  const lines = 'iocshLoad y "X=1"\n'.repeat(2000)
  const files = {
    'st.cmd': `iocshLoad x "${list}"\n`,
    x: lines,
    y: 'epicsEnvSet B 1\necho $(A7)\n',
  }
  expect(processorTime(() => macrosOf(files))).toBeLessThan(soon)
})
