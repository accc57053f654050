import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BuildFailure } from '../../../../src/host/build/failure.ts'
import { findTranslator, programsIn } from '../../../../src/host/build/state-notation.ts'
import type { ResolvedModule } from '../../../../src/modules/resolution.ts'

const root = mkdtempSync(join(tmpdir(), 'e3-snl-'))
afterAll(() => rmSync(root, { recursive: true }))

test.each([
  ['program one\nss a {}\n', ['one']],
  ['/* program old */\n// program older\nprogram two("P=x")\n', ['two']],
  ['  program\n three\n', ['three']],
  ['ss a {}\n', []],
])('the program of %j', (text, programs) => {
  writeFileSync(join(root, 'x.st'), text)
  expect(programsIn(root, ['x.st', 'y.c'])).toEqual(programs)
})

test('snc is that of a required module', () => {
  const directory = join(root, 'sequencer')
  const modules = [{ directory } as ResolvedModule]
  expect(findTranslator(['a.c'], modules, 'arch')).toEqual([])
  expect(() => findTranslator(['a.st'], modules, 'arch')).toThrow(BuildFailure)
  mkdirSync(join(directory, 'bin/arch'), { recursive: true })
  writeFileSync(join(directory, 'bin/arch/snc'), '')
  expect(findTranslator(['a.st'], modules, 'arch')).toEqual([join(directory, 'bin/arch/snc')])
})
