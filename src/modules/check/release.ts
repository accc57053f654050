import type { SharedObject } from '../../elf/shared-object.ts'
import { symbolName } from '../../elf/symbol-name.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedModule, LibraryFiles } from './input.ts'

/** The file of the library, and where others may be. */
export interface ReleasePlace {
  readonly at: Diagnostic['at']
  readonly files: Pick<LibraryFiles, 'exists'>
}

/**
 * require.c: after `dlopen` the text in `_<module>LibRelease` is taken for the real version and
 * compared with the request; a directory that was renamed or copied fails only there.
 */
export function checkRelease(
  module: CheckedModule,
  { symbols }: SharedObject,
  { at, files }: ReleasePlace,
): Diagnostic[] {
  const { name, version, builtAs } = module
  const symbol = `_${name}LibRelease`
  const found = symbols.find(symbolName(symbol))
  const release = found && symbols.textBehind(found)
  if (release === version.text || (release !== undefined && release === builtAs)) return []
  if (release === undefined) {
    const message = `the library of ${name} ${version.text} does not say its version`
    return [
      diagnostic('LIBRARY_RELEASE_UNKNOWN', message, {
        at,
        notes: [{ message: `it has no text ${symbol}, as the builds of e3 and PSI make it` }],
        hint: `add to a source of the module: char ${symbol}[] = "${version.text}";`,
      }),
    ]
  }
  const message = `the library of ${name} ${version.text} says it is version ${JSON.stringify(release)}`
  const isVersion = /^[\w.+-]+$/.test(release)
  const note = isVersion
    ? 'its directory was renamed, or the wrong library was copied into it'
    : `${symbol} holds no version: it must be an array of characters, not a pointer`
  const hint = isVersion
    ? remedy(module, release, files)
    : `write in its source: char ${symbol}[] = "${version.text}";`
  return [diagnostic('LIBRARY_RELEASE_MISMATCH', message, { at, notes: [{ message: note }], hint })]
}

/** The directory gets its name back, unless there is such a version already. */
function remedy(
  { name, version, library = '' }: CheckedModule,
  release: string,
  files: ReleasePlace['files'],
): string {
  const again = `build ${name} ${version.text} again`
  const folder = `/${name}/${version.text}/`
  const at = library.lastIndexOf(folder)
  const parent = library.slice(0, at + name.length + 2)
  if (at < 0) return again
  if (files.exists(`${parent}${release}/${library.slice(at + folder.length)}`)) {
    return `require ${name},${release} or ${again}`
  }
  return `mv -T ${parent}${version.text} ${parent}${release} or ${again}`
}
