import { parseRequest } from '../../modules/module-request.ts'
import { type FileKind, readShaped, type Written } from '../../settings/shape.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { splitShellWords } from '../../text/shell-words.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'
import type { ModuleRecipe } from '../recipe.ts'
import { moduleShape } from './module-shape.ts'

const moduleFile: FileKind = {
  name: 'module.yaml',
  codes: { syntax: 'RECIPE_SYNTAX', key: 'RECIPE_KEY', value: 'RECIPE_VALUE' },
}

/**
 * Reads `module.yaml`.
 *
 * @param arch - `linux-x86_64`: the parts for it, and those for `linux`, are added to the common ones
 * @returns the recipe; undefined if there is any mistake: half a module is another module
 *
 * Errors: `RECIPE_SYNTAX`, `RECIPE_KEY`, `RECIPE_VALUE`.
 */
export function readModuleYaml(source: Source, arch: string): Result<ModuleRecipe | undefined> {
  const { value: file, diagnostics } = readShaped(source, moduleShape, moduleFile)
  if (!file || diagnostics.length > 0) {
    const broken = diagnostics.filter(({ code }) => code === 'RECIPE_SYNTAX')
    const found = broken.length > 0 ? broken : diagnostics
    return { value: undefined, diagnostics: found.length > 0 ? found : [empty(source)] }
  }
  const { name, version, description, architectures = [] } = file
  const parts: Part[] = [
    file,
    ...architectures.filter(({ key }) => isFor(key.text, arch)).map(({ value }) => value),
  ]
  return { value: { name, version, description: description?.text, ...merged(parts) }, diagnostics }
}

function empty(source: Source): Diagnostic {
  const hint = 'name, version and sources are enough'
  return diagnostic('RECIPE_KEY', 'module.yaml is empty', { at: spanOf(source, 0, 0), hint })
}

/** The keys that may also be under `architectures`. */
type Part = Partial<Record<Key, readonly Written[] | undefined>>
type Key = keyof ModuleRecipe['files'] | keyof ModuleRecipe['flags'] | 'requires'

/** `linux` is all architectures whose names begin with it (OS_CLASS of base, in small letters). */
function isFor(key: string, arch: string): boolean {
  return key === arch || arch.startsWith(`${key}-`)
}

function merged(parts: readonly Part[]): Pick<ModuleRecipe, 'files' | 'flags' | 'requires'> {
  const all = (key: Key): Written[] => parts.flatMap((part) => part[key] ?? [])
  const words = (key: Key): string[] =>
    all(key).flatMap(({ text }) => splitShellWords({ text }).words.map((word) => word.text))
  return {
    files: {
      sources: all('sources'),
      dbds: all('dbds'),
      headers: all('headers'),
      templates: all('templates'),
      scripts: all('scripts'),
      substitutions: all('substitutions'),
    },
    flags: {
      cppflags: words('cppflags'),
      cflags: words('cflags'),
      cxxflags: words('cxxflags'),
      ldflags: words('ldflags'),
      libraries: all('libraries').map(({ text }) => text),
      includes: all('includes'),
    },
    requires: all('requires').flatMap(({ text, at }) => parseRequest(text, at).value ?? []),
  }
}
