import { objectText, type SharedObject } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { CheckContext } from './context.ts'
import { notShared, unreadable } from './libraries.ts'
import { isFor, mappedFile } from './mapped.ts'
import { checkNeeded, type Loading } from './needed.ts'
import { checkSymbols } from './symbols.ts'

/** A library that can be mapped, or why it cannot. */
export interface Opened {
  readonly object?: SharedObject
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens the file of a library and looks whether it is one for the machine of the IOC. */
export function openLibrary(
  path: string,
  at: Span,
  { libraries, image, base }: CheckContext,
): Opened {
  const read = libraries.read(path)
  if (!read) return { diagnostics: [unreadable(path, at)] }
  const object = read.value
  if (!object) return { diagnostics: read.diagnostics.map((one) => ({ ...one, at })) }
  const otherKind = notShared(path, object, at)
  if (otherKind) return { diagnostics: [otherKind] }
  if (isFor(object, image.machine)) return { object, diagnostics: [] }
  const message = `${path} is ${objectText(object)}, this IOC runs on ${base.arch}`
  const hint = `build the module for ${base.arch}, or look for it in another root of the module tree`
  return { diagnostics: [diagnostic('LIBRARY_WRONG_ARCH', message, { at, hint })] }
}

/**
 * Maps a library with those that it brings along, and checks what they need of each other and of all
 * others; missing symbols are no news if a library is missing.
 */
export function loadLibrary(loading: Loading, context: CheckContext): readonly Diagnostic[] {
  const { path, object } = loading
  const { brought, diagnostics } = checkNeeded(loading, context)
  context.image.add([object.soname ?? path, path], mappedFile(path, 'module', object))
  if (hasErrors(diagnostics)) return diagnostics
  return [...diagnostics, ...[loading, ...brought].flatMap((one) => checkSymbols(one, context))]
}
