import type { ArchMachine } from '../../elf/machine.ts'
import { objectText, readElf } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedModule, LibraryFiles } from './input.ts'
import { notShared, placeOf, unreadable } from './libraries.ts'
import { isFor } from './mapped.ts'
import { checkRelease } from './release.ts'

/**
 * As much as can be said of a library without a base for its machine: is it a library for the
 * machine that its directory says, and is it the version that it should be.
 *
 * @param machine of the architecture; without one (a name nobody knows) any will do
 */
export function checkForeignLibrary(
  module: CheckedModule,
  machine: ArchMachine | undefined,
  files: LibraryFiles,
): Diagnostic[] {
  const { library } = module
  if (!library) return []
  const at = placeOf(library)
  const file = files.open(library)
  if (!file) return [unreadable(library, at)]
  try {
    const { value: object, diagnostics } = readElf(file, at)
    if (!object) return [...diagnostics]
    const otherKind = notShared(library, object, at)
    if (otherKind) return [otherKind]
    if (!isFor(object, machine)) {
      const message = `${library} is ${objectText(object)}`
      const hint = 'build the module again for the architecture of its directory'
      return [diagnostic('LIBRARY_WRONG_ARCH', message, { at, hint })]
    }
    return checkRelease(module, object, { at, files })
  } finally {
    file.close()
  }
}
