import { describe, expect, test } from 'vitest'
import {
  formatVersionRequest,
  matchesRequest,
  parseVersionRequest,
} from '../../../src/version/request.ts'
import { parseVersion } from '../../../src/version/version.ts'

const requests = ['', '1.0.0', '1.0.0+0', '1.0.0+1', '1.0', 'mytest', 'mytest+2', '1.0.0-test']

/** One row an installed version, one column a request of the list above. */
describe.each([
  ['1.0.0', 'yes yes no no no no no no'],
  ['1.0.0+0', 'yes yes yes no no no no no'],
  ['1.0.0+1', 'yes yes no yes no no no no'],
  ['1.0.1', 'yes no no no no no no no'],
  ['1.0', 'yes no no no yes no no no'],
  ['mytest', 'yes no no no no yes no no'],
  ['mytest+2', 'yes no no no no yes yes no'],
  ['1.0.0-test', 'yes no no no no no no yes'],
])('installed %s', (installed, answers) => {
  test.each(
    answers.split(' ').map((answer, index) => ({ request: requests[index] ?? '', answer })),
  )('request "$request": $answer', ({ request, answer }) => {
    const matches = matchesRequest(parseVersion(installed), parseVersionRequest(request))
    expect(matches).toBe(answer === 'yes')
  })
})

test.each([
  ['01.0.0', '1.0.0', true],
  ['1.0.0+01', '1.0.0+1', true],
  ['1.0.0+x', '1.0.0+x', true],
  ['1.0.0+x', '1.0.0', false],
  ['1.0.0+1+2', '1.0.0+1', false],
  ['1.0.0+', '1.0.0', false],
  ['1.0.0', '1.0.0+', false],
  ['mytest+02', 'mytest+2', true],
  ['Mytest', 'mytest', false],
])('installed %s, request %s: %s', (installed, request, expected) => {
  expect(matchesRequest(parseVersion(installed), parseVersionRequest(request))).toBe(expected)
})

test('a request is printed as it was written', () => {
  expect(formatVersionRequest(parseVersionRequest('1.0.0+01'))).toBe('1.0.0+01')
  expect(formatVersionRequest(parseVersionRequest(undefined))).toBe('')
})
