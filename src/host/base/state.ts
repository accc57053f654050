import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { softIocSource } from './compile.ts'
import { type BaseRecord, readBaseRecord } from './flags.ts'
import { libraryOrder } from './layout.ts'
import { type BaseInstallation, inspectBase, unusable } from './locate.ts'

/** What there is in the place of an embedded base, for this release on this machine. */
export type BaseState =
  | { readonly kind: 'absent' | 'current' }
  /** The executable was made by another release, from another source. */
  | { readonly kind: 'outdated'; readonly record: BaseRecord }
  /** For another architecture: a home directory that several machines share. */
  | { readonly kind: 'foreign'; readonly reason: Diagnostic }
  /** Files that a start needs are gone. */
  | { readonly kind: 'damaged'; readonly reason: Diagnostic }

/** Looks at an embedded base: what it should be its record says, what is there has to be looked for. */
export function embeddedState(directory: string): BaseState {
  const record = readBaseRecord(directory)
  if (!record) return { kind: 'absent' }
  const reason = whyUnusable(directory)
  if (reason) return { kind: reason.code === 'BASE_ARCH_MISSING' ? 'foreign' : 'damaged', reason }
  return record.source === softIocSource() ? { kind: 'current' } : { kind: 'outdated', record }
}

function whyUnusable(directory: string): Diagnostic | undefined {
  const named = { directory, origin: 'embedded' } as const
  const { value, diagnostics } = inspectBase(named, {})
  if (!value) return diagnostics[0]
  const missing = filesOf(value).find((path) => !existsSync(path))
  return missing === undefined ? undefined : unusable(named, `it has no ${missing}`)
}

/** What modules and the executable are linked against; a short name is a link to the library itself. */
function filesOf({ directory, libraryDirectory }: BaseInstallation): string[] {
  return [
    join(directory, 'include'),
    ...libraryOrder.map((name) => join(libraryDirectory, `lib${name}.so`)),
  ]
}
