import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the module of a folder is made from, and the absolute path of the file that says so. */
export interface ModuleKind {
  readonly kind: 'yaml' | 'wrapper' | 'makefile'
  readonly file: string
}

const makefiles = ['GNUmakefile', 'makefile', 'Makefile']
const driver = /^[ \t]*-?include[ \t].*driver\.makefile/m

/**
 * Tells by its files what kind of module a folder holds: `module.yaml`, else what `makefileKind` says.
 * Undefined if there is nothing of the kind.
 */
export function moduleKind(folder: string): ModuleKind | undefined {
  const yaml = join(folder, 'module.yaml')
  return existsSync(yaml) ? { kind: 'yaml', file: yaml } : makefileKind(folder)
}

/**
 * An e3 wrapper (`configure/CONFIG_MODULE`), or a makefile that includes `driver.makefile`, as at PSI.
 */
export function makefileKind(folder: string): ModuleKind | undefined {
  const makefile = makefiles.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (existsSync(join(folder, 'configure', 'CONFIG_MODULE'))) {
    return { kind: 'wrapper', file: makefile ?? join(folder, 'Makefile') }
  }
  return makefile !== undefined && driver.test(textOf(makefile))
    ? { kind: 'makefile', file: makefile }
    : undefined
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
