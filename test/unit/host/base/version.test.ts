import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  compareNumbers,
  formatBaseVersion,
  parseBaseVersion,
  parseVersionHeader,
  readBaseVersion,
} from '../../../../src/host/base/version.ts'

const lines = (...parts: (number | string)[]): string =>
  ['VERSION', 'REVISION', 'MODIFICATION', 'PATCH_LEVEL']
    .map((name, at) => `EPICS_${name} = ${parts[at]}`)
    .join('\n')

test.each([
  ['four parts', lines(7, 0, 8, 1), '7.0.8.1', [7, 0, 8, 1]],
  ['no patch level', lines(7, 0, 9, 0), '7.0.9', [7, 0, 9, 0]],
  ['leading zeros are not octal', lines('07', '00', '08', '09'), '7.0.8.9', [7, 0, 8, 9]],
  ['snapshot', `${lines(7, 0, 10, 1)}\nEPICS_DEV_SNAPSHOT=-DEV`, '7.0.10.1-DEV', [7, 0, 10, 1]],
  ['line ends of Windows', lines(3, 15, 9, 0).replace(/\n/g, '\r\n'), '3.15.9', [3, 15, 9, 0]],
  ['comments', `# EPICS_VERSION = 1\n${lines('7 # x', 0, 7, 0)}`, '7.0.7', [7, 0, 7, 0]],
  ['first value', `${lines(7, 0, 7, 0)}\nEPICS_VERSION = 8`, '7.0.7', [7, 0, 7, 0]],
  ['two parts only', 'EPICS_VERSION=7\nEPICS_REVISION=1', '7.1.0', [7, 1, 0, 0]],
])('a version of base: %s', (_, text, shown, parts) => {
  expect(parseBaseVersion(text)).toMatchObject({ text: shown, parts })
})

test.each(['', 'EPICS_VERSION = x\nEPICS_REVISION = 0', 'EPICS_VERSION = 7'])(
  'no version of base: %j',
  (text) => {
    expect(parseBaseVersion(text)).toBeUndefined()
  },
)

test('a version that is written is read again', () => {
  const version = {
    ...{ text: '7.0.10.1-DEV', parts: [7, 0, 10, 1] as const },
    ...{ snapshot: '-DEV', site: 'pipi' },
  }
  expect(parseBaseVersion(formatBaseVersion(version))).toEqual(version)
})

test('the version is read from a directory, if it tells one', () => {
  const base = mkdtempSync(join(tmpdir(), 'base-'))
  expect(readBaseVersion(base)).toBeUndefined()
  mkdirSync(join(base, 'configure'))
  writeFileSync(join(base, 'configure', 'CONFIG_BASE_VERSION'), lines(7, 0, 8, 1))
  expect(readBaseVersion(base)?.text).toBe('7.0.8.1')
  rmSync(base, { recursive: true })
})

test('epicsVersion.h tells the version too', () => {
  const text = `#define EPICS_VERSION        7
#define EPICS_REVISION       0
#define EPICS_MODIFICATION   10
#define EPICS_PATCH_LEVEL    1
#define EPICS_DEV_SNAPSHOT   "-DEV"
#define EPICS_VERSION_SHORT "7.0.10.1"
`
  expect(parseVersionHeader(text)?.text).toBe('7.0.10.1-DEV')
})

test.each([
  [[7, 0, 10], [7, 0, 9], 1],
  [[7, 0], [7, 0, 0], 0],
  [[7, 0, 9], [7, 0, 10], -1],
])('order of %j and %j', (a, b, sign) => {
  expect(Math.sign(compareNumbers(a, b))).toBe(sign)
})
