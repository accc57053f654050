import { baseName } from '../../text/paths.ts'
import { foldersOf } from '../build-graph.ts'
import type { OtherFile } from '../recipe.ts'

/** Libraries of vendors that are installed with a module. Paths start in the folder of the module. */
export interface VendorLibraries {
  /** Where the target `vlibs` puts them. */
  readonly folder: string
  /** What is there, from there. */
  readonly files: readonly string[]
}

/** Those of `vlibs` and those of VENDOR_LIBS, in `lib/<arch>/vendor` (e3 3.3; before, in siteLibs). */
export function vendorFiles(
  { folder, files }: VendorLibraries,
  listed: readonly string[],
  arch: string,
): OtherFile[] {
  const to = (name: string): string => `lib/${arch}/vendor/${name}`
  const made = files.map((name) => ({ to: to(name), from: `${folder}/${name}` }))
  const names = new Set(made.map((one) => one.to))
  const others = listed.map((from) => ({ to: to(baseName(from)), from }))
  return [...made, ...others.filter((one) => !names.has(one.to))]
}

/**
 * Linker flags that find these libraries, now where they are, later beside the library of the module.
 * Flags that name where e3 before 3.3 had them (siteLibs/vendor) are left out.
 */
export function vendorFlags(
  { folder }: VendorLibraries,
  installed: readonly OtherFile[],
  flags: readonly string[],
): string[] {
  const others = flags.filter((flag) => !namesVendor(flag, folder))
  if (installed.length === 0) return others
  const folders = foldersOf(installed.map(({ from }) => from))
  return [...folders.map((one) => `-L${one}`), '-Wl,-rpath,$ORIGIN/vendor', ...others]
}

function namesVendor(flag: string, folder: string): boolean {
  const path = /^(?:-L|-Wl,-rpath[,=]|-Wl,-R,?)(.+)$/.exec(flag)?.[1]?.replace(/\/+$/, '')
  return path !== undefined && (path.endsWith(`/${folder}`) || path.includes('/siteLibs/vendor/'))
}
