import { execFileSync } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const arch = outputFolder.slice(4)
const makefile = `include $(E3_REQUIRE_TOOLS)/driver.makefile
include $(E3_REQUIRE_CONFIG)/DECOUPLE_FLAGS
used_VERSION = $(USED_DEP_VERSION)
idle_VERSION = 1.0.0
REQUIRED = loaded
SOURCES = user.c
`
const folder = newBuildFolder({
  ...smallWrapper('e3-user', 'user', makefile),
  'e3-user/configure/CONFIG_MODULE.local': 'USED_DEP_VERSION := 1.0.0\n',
  'e3-user/LICENSE': 'of the wrapper\n',
  'e3-user/user-src/LICENSE': 'of the module\n',
  'e3-user/user-src/user.c': '#include <used.h>\nint user = USED;\n',
  [`tree/used/1.0.0/lib/${arch}/used.dep`]: 'deeper 1.0.0\n',
  'tree/used/1.0.0/include/used.h': '#define USED 1\n',
  [`tree/deeper/1.0.0/lib/${arch}/deeper.dep`]: '',
  [`tree/idle/1.0.0/lib/${arch}/idle.dep`]: '',
  'tree/idle/1.0.0/include/idle.h': '',
  [`tree/loaded/1.0.0+3/lib/${arch}/loaded.dep`]: '',
})
afterAll(() => folder.remove())

function commitAll(cwd: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], { cwd })
  git('init', '-q')
  git('remote', 'add', 'origin', 'https://me:secret@host/x')
  git('add', '--', '*.c', '*LICENSE')
  git('commit', '-qm', cwd)
}

describe.skipIf(!testBase())('modules that a wrapper names', () => {
  test('dependencies are those with headers that were used, and those in REQUIRED', async () => {
    expect(await folder.build('e3-user')).toMatchObject({ status: 0 })
    const stage = `e3-user/${outputFolder}/stage`
    expect(folder.read(`${stage}/lib/${arch}/user.dep`)).toBe(
      '# Generated file. Do not edit.\nloaded 1.0.0+3\nused 1.0.0\n',
    )
    expect(folder.read(`${stage}/user_meta.yaml`)).toContain(
      'requires:\n  loaded: "1.0.0+3"\n  used: "1.0.0"\n',
    )
  })

  test('licences and commits of the sources are those of the module', async () => {
    for (const path of ['e3-user', 'e3-user/user-src']) commitAll(folder.path(path))
    folder.write({ 'e3-user/user-src/user.c': '#include <used.h>\nint user = 3 + USED;\n' })
    expect(await folder.build('e3-user')).toMatchObject({ status: 0 })
    const stage = `e3-user/${outputFolder}/stage`
    expect(folder.read(`${stage}/LICENSE`)).toBe('of the module\n')
    expect(folder.read(`${stage}/licences/wrapper/LICENSE`)).toBe('of the wrapper\n')
    const meta = parse(folder.read(`${stage}/user_meta.yaml`) ?? '')
    expect(meta.licences).toEqual(['LICENSE', 'licences/wrapper/LICENSE'])
    expect(Object.keys(meta.files)).toEqual(expect.arrayContaining(meta.licences))
    expect(meta.upstream).toMatchObject({ url: 'https://host/x', dirty: true })
    expect(meta.source.commit).not.toBe(meta.upstream.commit)
  })

  test('without a use of its headers, no longer', async () => {
    folder.write({ 'e3-user/user-src/user.c': 'int user = 2;\n' })
    expect(await folder.build('e3-user')).toMatchObject({ status: 0 })
    expect(folder.read(`e3-user/${outputFolder}/stage/lib/${arch}/user.dep`)).toBe(
      '# Generated file. Do not edit.\nloaded 1.0.0+3\n',
    )
  })

  test('e3 import wrapper tells which of them may go', async () => {
    const { stdout } = await runE3(['import', 'wrapper', 'e3-user', '-l', 'tree'], {
      cwd: folder.directory,
    })
    expect(stdout).toContain('requires:\n  - loaded\n  - "idle,1.0.0"\n  - "used,1.0.0"\n')
    expect(stdout).toContain('# requires: idle can go if no header of it is included\n')
  })
})
