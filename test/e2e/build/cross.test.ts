import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newBuildFolder } from '../../support/build-folder.ts'
import { type CrossBase, machinesBelow, makeCrossBase } from '../../support/cross-base.ts'
import { testBase } from '../../support/machine.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const embedded = testBase() ?? ''
const makefile = `include $(E3_REQUIRE_TOOLS)/driver.makefile
SOURCES = all.c cpp.cc
SOURCES_linux-aarch64 = $(T_A).c
ifeq ($(T_A),$(EPICS_HOST_ARCH))
SOURCES += linux-host.c
endif
HEADERS = all.h
DBDS = all.dbd
# Rules call what was made for the host, and put programs into bin of the base.
bin/tool:
	mkdir -p bin && echo 'echo "int crossOnly;"' > $@ && cp $@ $(EPICS_BASE)/bin/$(T_A)/tool
linux-aarch64.c: bin/tool
	sh ../O.$(EPICSVERSION)_$(EPICS_HOST_ARCH)/bin/tool > $@
linux-host.c: bin/tool
	echo 'int hostOnly;' > $@
`
const folder = newBuildFolder({
  ...smallWrapper('e3-all', 'all', makefile),
  'e3-all/all-src/all.c': '#include <epicsExport.h>\nint all;\nepicsExportAddress(int, all);\n',
  'e3-all/all-src/cpp.cc':
    '#include <dbAccess.h>\nlong cpp() { DBADDR a; return dbNameToAddr("x", &a); }\n',
  'e3-all/all-src/all.h': 'extern int all;\n',
  'e3-all/all-src/all.dbd': 'variable(all, int)\n',
  'user/module.yaml': 'name: user\nversion: 1.0.0\nrequires: all\nsources: user.c\n',
  'user/user.c': '#include <all.h>\nint user(void) { return all; }\n',
})
afterAll(() => folder.remove())

describe.skipIf(embedded === '')('e3 build --arch', () => {
  let base: CrossBase
  beforeAll(() => {
    base = makeCrossBase(folder.path('base'), embedded)
  })
  const build = (module: string) =>
    folder.build(module, '--base', base.directory, '--arch', base.arch)

  test('a wrapper, and a module that requires it, are made by the cross compilers', async () => {
    const alone = await build('e3-all')
    expect(alone.stderr).toContain('error[MAKEFILE_RULE]')
    const host = await folder.build('e3-all', '--base', base.directory)
    expect(host).toMatchObject({ status: 0 })
    expect(await build('e3-all')).toMatchObject({ status: 0 })
    const output = `.e3/${base.arch}`
    expect(folder.read(`e3-all/${output}/build.log`)).toContain(`${base.compiler} `)
    folder.write({ [`tree/all/1.2.0/lib/${base.arch}/all.dep`]: '' })
    folder.write({ 'tree/all/1.2.0/include/all.h': 'extern int all;\n' })
    expect(await build('user')).toMatchObject({ status: 0 })
    expect((await build('user')).stdout).toContain(`user 1.0.0 for ${base.arch} is up to date`)
    for (const module of ['e3-all', 'user']) {
      const found = machinesBelow(folder.path(`${module}/${output}/objects`))
      expect(found).toEqual(new Set([base.machine]))
    }
    const library = readFileSync(folder.path(`e3-all/${output}/stage/lib/${base.arch}/liball.so`))
    expect(library.includes('crossOnly')).toBe(true)
  })

  test('its compiler is missing: where the base says it is', async () => {
    const tools = folder.path('base/tools')
    renameSync(tools, `${tools}.away`)
    const { stderr, status } = await build('user')
    renameSync(`${tools}.away`, tools)
    expect(status).toBe(3)
    expect(stderr).toContain('error[PREREQUISITE_MISSING]')
    expect(stderr).toMatch(/GNU_DIR in \S+\/configure\/os\/CONFIG_SITE\.\S+\.linux-aarch64$/m)
  })

  test('BASE_ARCH_MISSING: static libraries, or none at all', async () => {
    const library = folder.path(`base/lib/${base.arch}/libCom`)
    rmSync(`${library}.so`)
    writeFileSync(`${library}.a`, '')
    const { stderr, status } = await build('user')
    expect(status).toBe(3)
    expect(stderr).toContain('[BASE_ARCH_MISSING]')
    expect(stderr).toContain('has only static libraries for linux-aarch64')
    const other = await folder.build('e3-all', '--base', embedded, '--arch', 'linux-arm')
    expect(other.status).toBe(3)
    expect(other.stderr).toContain('is not built for linux-arm')
  })
})
