/**
 * C source with the version that a library was built as: require.c compares it with the version that
 * was asked for, and refuses the library of a renamed folder.
 *
 * @param module - a C identifier
 * @param version - without quotes and backslashes (`isVersionName`)
 */
export function releaseSource(module: string, version: string): string {
  return `char _${module}LibRelease[] = "${version}";\n`
}
