import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const folder = newBuildFolder()
afterAll(() => folder.remove())

describe.skipIf(!testBase())('e3 import wrapper', () => {
  const makefile = `include $(E3_REQUIRE_TOOLS)/driver.makefile
SOURCES = a.c
HEADERS = a.h
USR_CPPFLAGS = -DTEXT='"a b"'
`
  const at = { cwd: folder.directory }

  test('what it prints builds the same module', async () => {
    folder.write({
      ...smallWrapper('e3-same', 'same', makefile),
      'e3-same/same-src/a.c': '#include "a.h"\nconst char *sameText = TEXT;\n',
      'e3-same/same-src/a.h': 'extern const char *sameText;\n',
    })
    const hashes = (): string =>
      (folder.read(`e3-same/${outputFolder}/stage/same_meta.yaml`) ?? '').replace(
        /^.*\nfiles:/s,
        '',
      )
    expect(await folder.build('e3-same')).toMatchObject({ status: 0 })
    const before = hashes()
    const { stdout, status } = await runE3(['import', 'wrapper', 'e3-same'], at)
    expect(status).toBe(0)
    folder.write({ 'e3-same/module.yaml': stdout })
    expect(await folder.build('e3-same')).toMatchObject({ status: 0 })
    expect(before).toContain('libsame.so')
    expect(hashes()).toBe(before)
  })

  test('only what a patch changes is a file that was made', async () => {
    const lines = ['--- a.c', '+++ a.c', '@@ -1 +1 @@', '-int a;', '+int a5;', '']
    folder.write({
      ...smallWrapper(
        'e3-patched',
        'patched',
        `where_am_I := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
include $(E3_REQUIRE_TOOLS)/driver.makefile
USR_INCLUDES += -I$(where_am_I)inc
SOURCES = a.c b.c
TEMPLATES = db/x.db
`,
      ),
      'e3-patched/patched-src/a.c': 'int a;\n',
      'e3-patched/patched-src/b.c': 'int b;\n',
      'e3-patched/patched-src/inc/b.h': '\n',
      'e3-patched/patched-src/db/x.db': '# x\n',
      'e3-patched/patch/x.p0.patch': lines.join('\n'),
    })
    const { stdout, status } = await runE3(['import', 'wrapper', 'e3-patched'], at)
    expect(status).toBe(0)
    expect(stdout).toContain('\nsources: patched-src/b.c\n')
    expect(stdout).toContain('\ntemplates: patched-src/db/x.db\n')
    expect(stdout).toContain('\nincludes: patched-src/inc\n')
    expect(stdout.match(/^#.*$/gm)).toEqual([
      expect.stringMatching(/^# sources: .*\/a\.c is made by a rule or a patch/),
      '# patch/x.p0.patch is applied to a copy of the sources: apply it to yours',
    ])
  })

  test('a module.yaml that the shell has just made does not count', async () => {
    folder.write({ 'e3-same/module.yaml': '' })
    expect((await runE3(['import', 'wrapper', 'e3-same'], at)).stdout).toContain('name: same')
    const none = await runE3(['import', 'wrapper', 'tree'], at)
    expect(none.stderr).toContain('error[RECIPE_NOT_FOUND]')
  })
})
