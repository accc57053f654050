import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { softIocSource } from '../../../../src/host/base/compile.ts'
import { recordFile } from '../../../../src/host/base/embedded.ts'
import { embeddedState } from '../../../../src/host/base/state.ts'
import { writeEmbeddedBase } from '../../../support/embedded-base.ts'

let directory = ''
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'state-')), '7.0.1.99.0.1')
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true }))

test('a whole base of this release, of another one, and none', () => {
  expect(embeddedState(directory)).toEqual({ kind: 'absent' })
  writeEmbeddedBase(directory, { source: softIocSource() })
  expect(embeddedState(directory)).toEqual({ kind: 'current' })
  writeEmbeddedBase(directory, { source: 'other' })
  expect(embeddedState(directory)).toMatchObject({ kind: 'outdated', record: { source: 'other' } })
  writeFileSync(join(directory, recordFile), 'cut off')
  expect(embeddedState(directory)).toEqual({ kind: 'absent' })
})

test.each([
  'dbd/softIocPVA.dbd',
  'bin/ARCH/softIocPVA',
  'configure/CONFIG_BASE_VERSION',
  'lib/ARCH/libCom.so',
  'lib',
  'bin',
  'include',
])('it is damaged without %s', (missing) => {
  const { arch } = writeEmbeddedBase(directory, { source: softIocSource() })
  rmSync(join(directory, missing.replace('ARCH', arch)), { recursive: true })
  expect(embeddedState(directory)).toMatchObject({
    kind: 'damaged',
    reason: { code: 'BASE_UNUSABLE', hint: 'e3 base install 7.0.1.99.0.1' },
  })
})

test('a base of another machine', () => {
  writeEmbeddedBase(directory, { source: softIocSource(), arch: 'linux-other' })
  expect(embeddedState(directory)).toMatchObject({
    kind: 'foreign',
    reason: { code: 'BASE_ARCH_MISSING', hint: expect.stringContaining('XDG_DATA_HOME') },
  })
})
