import { expect, test } from 'vitest'
import { typedWords } from '../../../src/cli/completion.ts'

test.each([
  [['iocsh', '-r', 'a'], ['iocsh', '-r'], 'a', undefined],
  [['iocsh', '--require', '=', 'a'], ['iocsh', '--require'], 'a', undefined],
  [['iocsh', '--require', '='], ['iocsh', '--require'], '', undefined],
  [['iocsh', '--require=a,1=2'], ['iocsh', '--require'], 'a,1=2', '--require='],
  [['iocsh', '--module-path=/m', '-r', ''], ['iocsh', '--module-path', '/m', '-r'], '', undefined],
  [['iocsh', '--base', '=', '/b', '-r', ''], ['iocsh', '--base', '/b', '-r'], '', undefined],
  [['iocsh', 'NAME', '=', 'v'], ['iocsh', 'NAME', '='], 'v', undefined],
  [['iocsh', 'NAME=v'], ['iocsh'], 'NAME=v', undefined],
])('%j', (words, before, current, prefix) => {
  const typed = typedWords(words, words.length - 1)
  expect([typed.before, typed.current, typed.prefix]).toEqual([before, current, prefix])
})
