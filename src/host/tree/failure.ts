import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { errnoOf, reasonOf, remedyOf } from '../errors.ts'

/** `TREE_UNWRITABLE`: the tree, or a stage, cannot be read or written. Anything else is a bug. */
export function treeUnwritable(place: string, error: unknown): Diagnostic {
  if (errnoOf(error) === '') throw error
  return diagnostic(
    'TREE_UNWRITABLE',
    `cannot write ${writtenPath(error) ?? place}: ${reasonOf(error)}`,
    {
      notes: [{ message: 'nothing was changed' }],
      hint: remedyOf(error, `who may: ls -ld ${place}; another tree: --prefix <directory>`),
    },
  )
}

/** Copies name where they read from first. */
function writtenPath(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('dest' in error) return String(error.dest)
  return 'path' in error ? String(error.path) : undefined
}

/** `FILE_UNREADABLE`: something in a tree cannot be looked at. Anything but a system error is a bug. */
export function treeUnreadable(place: string, error: unknown): Diagnostic {
  if (errnoOf(error) === '') throw error
  const path = error instanceof Error && 'path' in error ? String(error.path) : place
  return diagnostic('FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(error)}`, {
    hint: `who may: ls -ld ${path}`,
  })
}
