/**
 * The texts of a small e3 wrapper with a local source folder, shaped as facility wrappers are: a
 * `Makefile`, `<module>.Makefile`, configure folder with `*.local` and `*_DEV` files, `iocsh`,
 * `template`. Paths start in `folder`.
 */
export function smallWrapper(
  folder: string,
  module = 'demo',
  makefile: string = demoMakefile,
): Record<string, string> {
  const files: Record<string, string> = {
    Makefile: 'TOP:=$(CURDIR)\ninclude $(TOP)/configure/CONFIG\ninclude $(TOP)/configure/RULES\n',
    'configure/CONFIG': configTexts,
    'configure/RULES': rulesText,
    'configure/module/RULES_MODULE': '.PHONY: db\ndb: conf\n\t$(QUIET) echo db\n',
    'configure/RELEASE': releaseText(''),
    'configure/RELEASE_DEV': releaseText('_DEV'),
    'configure/CONFIG_MODULE': moduleText(module, '1.2.0', `${module}-src`, ''),
    'configure/CONFIG_MODULE_DEV': moduleText(module, 'develop', `${module}-dev`, '_DEV'),
    'configure/CONFIG_OPTIONS':
      'WITH_EXTRA:=YES\nEXPORT_VARS+=WITH_EXTRA\n-include $(TOP)/configure/CONFIG_OPTIONS.local\n',
    [`${module}.Makefile`]: makefile,
    'iocsh/demo.iocsh': 'dbLoadRecords("$(demo_DB)/demo.template", "P=$(P)")\n',
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  )
}

const configTexts = `VARS_EXCLUDES := $(.VARIABLES)
ifneq (,$(findstring dev,$(MAKECMDGOALS)))
include $(TOP)/configure/RELEASE_DEV
include $(TOP)/configure/CONFIG_MODULE_DEV
else
include $(TOP)/configure/RELEASE
include $(TOP)/configure/CONFIG_MODULE
endif
E3_REQUIRE_LOCATION := $(EPICS_BASE)/$(E3_REQUIRE_NAME)/$(E3_REQUIRE_VERSION)
REQUIRE_CONFIG := $(E3_REQUIRE_LOCATION)/configure
include $(REQUIRE_CONFIG)/CONFIG
`

const rulesText =
  'include $(REQUIRE_CONFIG)/RULES_SITEMODS\ninclude $(TOP)/configure/module/RULES_MODULE\n'

const releaseText = (suffix: string) => `EPICS_BASE:=/epics/base-7.0.3.1
E3_REQUIRE_NAME:=require
E3_REQUIRE_VERSION:=3.1.2
-include $(TOP)/../RELEASE${suffix}.local
-include $(TOP)/configure/RELEASE${suffix}.local
`

const moduleText = (module: string, version: string, source: string, suffix: string) =>
  `EPICS_MODULE_NAME:=${module}
E3_MODULE_VERSION:=${version}
E3_MODULE_NAME:=$(EPICS_MODULE_NAME)
E3_MODULE_SRC_PATH:=${source}
E3_MODULE_MAKEFILE:=$(EPICS_MODULE_NAME).Makefile
-include $(TOP)/configure/CONFIG_OPTIONS
-include $(TOP)/configure/CONFIG_MODULE${suffix}.local
`

/** Uses what facility makefiles use: functions, conditionals, rules for what the build needs. */
const demoMakefile = `where_am_I := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
include $(E3_REQUIRE_TOOLS)/driver.makefile
include $(E3_REQUIRE_CONFIG)/DECOUPLE_FLAGS
ifneq ($(strip $(OTHER_DEP_VERSION)),)
other_VERSION=$(OTHER_DEP_VERSION)
endif

APP := demoApp
APPSRC := $(APP)/src
USR_INCLUDES += -I$(where_am_I)$(APPSRC)
USR_CPPFLAGS += -DDEMO_TEXT='"a b \\# $$c"'

SOURCES += $(wildcard $(APPSRC)/*.c)
SOURCES_Linux += $(APPSRC)/linux/system.c
SOURCES_vxWorks += $(APPSRC)/vxworks/system.c
ifeq ($(WITH_EXTRA),YES)
SOURCES += generated.c
endif
DBDS += $(APPSRC)/demoRecord.dbd
DBDS += made.dbd
HEADERS += demoRecord.h $(APPSRC)/demo.h
TEMPLATES += $(wildcard $(APP)/Db/*.template)
SUBS = $(wildcard $(APP)/Db/*.substitutions)
SCRIPTS += $(wildcard ../iocsh/*.iocsh)

demoRecord$(DEP): limits.h
limits.h:
	echo '#define DEMO_LIMIT 7' > $@
made.dbd:
	echo 'variable(demoLimit, int)' > $@
generated.c:
	echo 'int demoGenerated(void) { return 1; }' > $@
.dbd.h:
	$(DBTORECORDTYPEH) $(USR_DBDFLAGS) -o $@ $<

db:
vlibs:
.PHONY: db vlibs
`

/** The sources of the wrapper `demo`; paths start in its source folder. */
export const demoSources: Readonly<Record<string, string>> = {
  'demoApp/src/demoRecord.c': `#include <dbAccess.h>
#include <recGbl.h>
#include <recSup.h>
#include <dbEvent.h>
#define GEN_SIZE_OFFSET
#include "demoRecord.h"
#undef GEN_SIZE_OFFSET
#include "limits.h"
#include "demo.h"
#include <epicsExport.h>
int demoLimit = DEMO_LIMIT;
static long process(struct dbCommon *common) {
  demoRecord *record = (demoRecord *)common;
  record->val += demoStep();
  record->udf = 0;
  recGblGetTimeStamp(record);
  db_post_events(record, &record->val, DBE_VALUE);
  record->pact = 0;
  return 0;
}
rset demoRSET = {RSETNUMBER, NULL, NULL, NULL, process};
epicsExportAddress(rset, demoRSET);
epicsExportAddress(int, demoLimit);
`,
  'demoApp/src/demo.h': 'int demoStep(void);\n',
  'demoApp/src/linux/system.c': '#include "../demo.h"\nint demoStep(void) { return 5; }\n',
  'demoApp/src/demoRecord.dbd':
    'recordtype(demo) {\n  include "dbCommon.dbd"\n  field(VAL, DBF_LONG) { prompt("Value") }\n}\n',
  'demoApp/Db/demo.template': 'record(demo, "$(P)Demo") { field(SCAN, "Passive") }\n',
  'demoApp/Db/two.substitutions': 'file demo.template { {P=A:} {P=B:} }\n',
}

/** These sources in a folder. */
export function sourcesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(demoSources).map(([path, text]) => [`${folder}/${path}`, text]),
  )
}
