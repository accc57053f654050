import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'
import { withIoc } from '../../support/with-ioc.ts'

/** As wrappers of e3 3.x are: they put files into the sources and libraries into siteLibs. */
const makefile = `where_am_I := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
include $(E3_REQUIRE_TOOLS)/driver.makefile
SOURCES = own.c $(wildcard made/*.c) device.gt
DBDS = own.dbd
TEMPLATES += $(wildcard Db/*.db) $(wildcard Db/*.template)
SUBS = $(wildcard Db/*.substitutions)
USR_DBFLAGS += -I . -I Db -M "P=USR:,R=x"
GDC = $(where_am_I)../tools/compile-gpib
VENDOR_LIBS += vendor/libvendor.so
USR_LDFLAGS += -L$(E3_MODULES_VENDOR_LIBS_LOCATION) -Wl,-rpath=$(E3_MODULES_VENDOR_LIBS_LOCATION)
LIB_SYS_LIBS += vendor
prebuild:
	mkdir -p made && echo 'int made = 4;' > made/made.c
	$(CC) -shared -fPIC -o vendor/libvendor.so vendor/vendor.c
vlibs: $(VENDOR_LIBS)
$(VENDOR_LIBS):
	install -d $(E3_MODULES_VENDOR_LIBS_LOCATION)/
	install -m 644 $@ $(E3_MODULES_VENDOR_LIBS_LOCATION)/
db: $(SUBS)
	echo 'record(ai, "made") {}' > Db/made.db
$(SUBS):
	$(MSI) $(USR_DBFLAGS) -o $(basename $(@)).db -S $@
.PHONY: prebuild vlibs db $(SUBS) $(VENDOR_LIBS)
`
const rules = `db: conf
	install -m 644 $(TOP)/template/*-ess.* $(E3_MODULE_SRC_PATH)/Db/
	$(QUIET) $(E3_MODULE_MAKE_CMDS) db
`
const source = `#include <dbDefs.h>
#include <epicsExport.h>
extern int vendorValue(void), made, gpib;
int own;
epicsExportAddress(int, own);
static struct AtLoad { int x; } atLoad;
__attribute__((constructor)) static void load(void) {
  atLoad.x = vendorValue();
  own = atLoad.x + made + gpib;
}
`
const folder = newBuildFolder({
  ...smallWrapper('e3-own', 'own', makefile),
  'e3-own/configure/module/RULES_MODULE': rules,
  'e3-own/template/more-ess.template': 'record(ao, "$(P)$(R)More") {}\n',
  'e3-own/template/more-ess.substitutions': 'file more-ess.template { {R=y} {} }\n',
  'e3-own/tools/compile-gpib':
    '#!/bin/sh\necho "int gpib = $(cat $1);" > device.c; echo "# gpib" > device.dbd\n',
  'e3-own/own-src/own.c': source,
  'e3-own/own-src/own.dbd': 'variable(own, int)\n',
  'e3-own/own-src/device.gt': '30\n',
  'e3-own/own-src/Db/old.template': 'record(ai, "old") {}\n',
  'e3-own/own-src/vendor/vendor.c': 'int vendorValue(void) { return 200; }\n',
  'st.cmd':
    'require own\ndbLoadRecords("$(own_DB)more-ess.db")\ndbLoadRecords("$(own_DB)made.db")\n',
})
chmodSync(folder.path('e3-own/tools/compile-gpib'), 0o755)
afterAll(() => folder.remove())
const stage = `e3-own/${outputFolder}/stage`
const list = (path: string): string[] => readdirSync(folder.path(path)).sort()

describe.skipIf(!testBase())('targets of its own in a wrapper', () => {
  test('prebuild, vlibs and db do their work in a copy of the sources', async () => {
    const ended = await folder.build('e3-own')
    expect(ended).toMatchObject({ status: 0 })
    expect(ended.stderr).toMatch(/^run prebuild of the module\nrun db of the wrapper\n/m)
    expect(list(`${stage}/db`)).toEqual([
      ...['made.db', 'more-ess.db', 'more-ess.template', 'old.template'],
    ])
    expect(folder.read(`${stage}/db/more-ess.db`)).toContain('"USR:yMore"')
    expect(folder.read(`${stage}/db/more-ess.db`)).toContain('"USR:xMore"')
    expect(list('e3-own/own-src/Db')).toEqual(['old.template'])
    expect(list('e3-own/own-src')).not.toContain('made')
    expect((await folder.build('e3-own')).stdout).toContain('is up to date')
  })

  test('a library of a vendor is installed, and found from there', async () => {
    const library = folder.path(`${stage}/lib/${outputFolder.slice(4)}/libown.so`)
    const bytes = readFileSync(library)
    expect(bytes.includes('\0$ORIGIN/vendor\0')).toBe(true)
    expect(bytes.includes(`${outputFolder}/vendor\0`)).toBe(false)
    folder.install('e3-own')
    folder.write({ [`e3-own/${outputFolder}/vendor/libvendor.so`]: null })
    await withIoc(['-l', folder.path('tree'), folder.path('st.cmd')], {}, async (ioc) => {
      ioc.command('var own')
      await ioc.waitFor('own = 234')
      ioc.command('dbl')
      await ioc.waitFor('USR:yMore')
      await ioc.waitFor('made')
    })
  })

  test.each([
    [
      'module',
      { 'e3-own/own.Makefile': makefile.replace('mkdir -p', 'no-such-tool') },
      /own\.Makefile:13:\d+/,
    ],
    [
      'wrapper',
      { 'e3-own/configure/module/RULES_MODULE': 'db:\n\tno-such-tool\n' },
      /RULES_MODULE:2:\d+/,
    ],
  ])('MAKEFILE_RULE: one of the %s fails', async (_, files, place) => {
    folder.write(files)
    const { stderr, status } = await folder.build('e3-own')
    expect(status).toBe(1)
    expect(stderr).toContain('error[MAKEFILE_RULE]')
    expect(stderr).toMatch(place)
    expect(stderr).toContain('no-such-tool')
    folder.write({ 'e3-own/own.Makefile': makefile })
  })
})
