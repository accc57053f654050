import type { SharedObject } from '../../elf/shared-object.ts'
import { symbolName } from '../../elf/symbol-name.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedModule } from './input.ts'

/**
 * require.c: after `dlopen` the text in `_<module>LibRelease` is taken for the real version and
 * compared with the request; a directory that was renamed or copied fails only there.
 *
 * @param at the library file
 */
export function checkRelease(
  { name, version, builtAs }: CheckedModule,
  { symbols }: SharedObject,
  at: Diagnostic['at'],
): Diagnostic[] {
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
  return [
    diagnostic('LIBRARY_RELEASE_MISMATCH', message, {
      at,
      notes: [{ message: 'its directory was renamed, or the wrong library was copied into it' }],
      hint: `require ${name},${release} or build ${name} ${version.text} again`,
    }),
  ]
}
