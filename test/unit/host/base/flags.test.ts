import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { recordFile } from '../../../../src/host/base/embedded.ts'
import {
  type BaseRecord,
  flagsOfWheel,
  makefileFlags,
  readCompileFlags,
} from '../../../../src/host/base/flags.ts'

const folder = mkdtempSync(join(tmpdir(), 'flags-'))
afterAll(() => rmSync(folder, { recursive: true }))

const flags = flagsOfWheel(
  {
    CPPFLAGS: [
      ['linux', null],
      ['_GLIBCXX_USE_CXX11_ABI', '0'],
    ],
    CFLAGS: ['-g0'],
    CXXFLAGS: ['-g0', '-fno-x'],
    LDFLAGS: ['-Wl,-x'],
    LDADD: ['m'],
  },
  ['dbCore', 'Com'],
)

const record: BaseRecord = {
  ...{ format: 1, version: '7.0.1.99.0.1', arch: 'linux-x86_64', wheel: 'x.whl' },
  ...{ compiler: 'g++', source: '', flags },
}

test('flags of a wheel as a command line', () => {
  expect(flags).toEqual({
    cppflags: ['-Dlinux', '-D_GLIBCXX_USE_CXX11_ABI=0'],
    cflags: [],
    cxxflags: ['-fno-x'],
    ldflags: ['-Wl,-x'],
    libs: ['-ldbCore', '-lCom', '-lm', '-lpthread'],
  })
})

test('flags are read with the directories of the base', () => {
  mkdirSync(join(folder, 'configure'))
  writeFileSync(join(folder, recordFile), JSON.stringify(record))
  expect(readCompileFlags(folder)).toEqual({
    ...flags,
    includes: [`-I${folder}/include`],
    ldflags: [`-L${folder}/lib/linux-x86_64`, '-Wl,-x'],
  })
})

test.each(['{', '[]', '{"format":2,"flags":{},"arch":""}', 'null'])(
  'no flags from a damaged record: %s',
  (text) => {
    const base = mkdtempSync(join(folder, 'b-'))
    mkdirSync(join(base, 'configure'))
    writeFileSync(join(base, recordFile), text)
    expect(readCompileFlags(base)).toBeUndefined()
  },
)

test('flags for makefiles follow EPICS_BASE', () => {
  const lines = makefileFlags(record).split('\n')
  expect(lines).toContain('E3_CPPFLAGS = -Dlinux -D_GLIBCXX_USE_CXX11_ABI=0')
  expect(lines).toContain('E3_INCLUDES = -I$(EPICS_BASE)/include')
  expect(lines).toContain('E3_LDFLAGS = -L$(EPICS_BASE)/lib/$(E3_ARCH) -Wl,-x')
})
