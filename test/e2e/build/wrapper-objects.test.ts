import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const makefile = `include $(E3_REQUIRE_TOOLS)/driver.makefile
SOURCES = src/user.c
HEADERS = inc/user.h inc/deep/two.h
KEEP_HEADER_SUBDIRS = inc
LIBOBJS = made.o
made.o: ../src/made.c.in
	$(CC) -fPIC -x c -c -o $@ $<
`
const folder = newBuildFolder({
  ...smallWrapper('e3-user', 'user', makefile),
  'e3-user/user-src/inc/user.h': '#include <two.h>\nextern int made;\n',
  'e3-user/user-src/inc/deep/two.h': '',
  'e3-user/user-src/src/user.c': '#include "user.h"\nint *user = &made;\n',
  'e3-user/user-src/src/made.c.in': 'int made = 1;\n',
})
afterAll(() => folder.remove())

const library = () => folder.read(`e3-user/${outputFolder}/objects/libuser.so`)

describe.skipIf(!testBase())('files of a wrapper besides its sources', () => {
  test('an object of LIBOBJS is made by its rule, and headers are found that keep their folders', async () => {
    expect(await folder.build('e3-user')).toMatchObject({ status: 0 })
    expect(folder.read(`e3-user/${outputFolder}/stage/include/deep/two.h`)).toBe('')
  })

  test('a change of what the object is made from makes the library anew', async () => {
    const before = library()
    folder.write({ 'e3-user/user-src/src/made.c.in': 'int made = 2;\n' })
    expect(await folder.build('e3-user')).toMatchObject({ status: 0 })
    expect(library()).not.toBe(before)
    expect((await folder.build('e3-user')).stdout).toContain('is up to date')
  })

  test('a rule that fails: its last lines are shown, all of them are kept', async () => {
    folder.write({
      'e3-user/user.Makefile': makefile.replace(/\$\(CC\).*/, 'seq 1 20; false'),
    })
    const { stderr, status } = await folder.build('e3-user')
    const log = `e3-user/${outputFolder}/build.log`
    expect(stderr).toMatch(/made\.o failed: Error 1\n(.*\n){2}( {2}note: (16|17|18|19|20)\n){5}/)
    expect(stderr).toContain(`note: all it said: ${folder.path(log)}\n`)
    expect(folder.read(log)).toMatch(/^1\n2\n3\n(.*\n)+20\n/m)
    expect(status).toBe(1)
  })
})
