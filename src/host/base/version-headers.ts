import type { BaseVersion } from './version.ts'

/** A header that wheels lack and sources of modules include. */
export interface Header {
  readonly name: string
  readonly text: string
}

/**
 * The version headers of libCom, ca and database, made from the version of base: since 7.0 the
 * minor version of libCom and database has been 15 more than base's third number (7.0.8 is 3.23).
 */
export function versionHeaders({ parts }: BaseVersion): Header[] {
  const [, , modification, patch] = parts
  return [
    versionHeader('libCom', 'LIBCOM', [3, 15 + modification, patch]),
    versionHeader('database', 'DATABASE', [3, 15 + modification, patch]),
    versionHeader('ca', 'CA', [4, modification < 6 ? 13 : 14, patch]),
    testMain,
  ]
}

/** For unit tests on a host, where `main` is what starts them. */
const testMain: Header = {
  name: 'testMain.h',
  text: `#ifndef INC_testMain_H
#define INC_testMain_H

#ifdef __cplusplus
#  define MAIN(prog) extern "C" int prog(void); int main() { return prog(); } extern "C" int prog(void)
#else
#  define MAIN(prog) int prog(void); int main(void) { return prog(); } int prog(void)
#endif

#endif
`,
}

function versionHeader(
  library: string,
  prefix: string,
  [major, minor, maintenance]: readonly [number, number, number],
): Header {
  return {
    name: `${library}Version.h`,
    text: `#ifndef INC_${library}Version_H
#define INC_${library}Version_H

#include <epicsVersion.h>

#define EPICS_${prefix}_MAJOR_VERSION ${major}
#define EPICS_${prefix}_MINOR_VERSION ${minor}
#define EPICS_${prefix}_MAINTENANCE_VERSION ${maintenance}
#define EPICS_${prefix}_DEVELOPMENT_FLAG 0

#define ${prefix}_VERSION_INT VERSION_INT(EPICS_${prefix}_MAJOR_VERSION, \\
    EPICS_${prefix}_MINOR_VERSION, EPICS_${prefix}_MAINTENANCE_VERSION, 0)

#endif
`,
  }
}
