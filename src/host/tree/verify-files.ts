import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ModuleMeta, readMeta } from '../../modules/meta.ts'
import type { VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { type ChangedFiles, changesSince } from './changed-files.ts'
import { treeUnreadable } from './failure.ts'

/** The descriptions of the builds of a version, one an architecture as far as there are any. */
export function metasOf({
  module,
  directory,
}: Pick<VersionPlace, 'module' | 'directory'>): Result<readonly ModuleMeta[]> {
  const name = `${module}_meta.yaml`
  const paths = [
    join(directory, name),
    ...below(join(directory, 'lib')).map((one) => join(one, name)),
  ]
  const read = paths
    .filter((path) => existsSync(path))
    .map((path) => readMeta({ name: path, text: readFileSync(path, 'utf8') }))
  return {
    value: read.flatMap(({ value }) => value ?? []),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  }
}

/**
 * Compares the files of a version with what its builds say they were. Versions without such a
 * description, as most tools leave them, are not judged.
 *
 * Errors: `TREE_FILES_DIFFER`, `META_INVALID`, `FILE_UNREADABLE`.
 */
export function verifyFiles(place: VersionPlace): readonly Diagnostic[] {
  try {
    const { value: metas, diagnostics } = metasOf(place)
    return [...diagnostics, ...differing(place, changesSince(metas, place))]
  } catch (error) {
    return [treeUnreadable(place.directory, error)]
  }
}

const shown = 20

function differing(
  { module, version, directory }: VersionPlace,
  { wrong, added }: ChangedFiles,
): Diagnostic[] {
  const all = [...wrong, ...added.map((path) => `${path} was added`)]
  if (all.length === 0) return []
  const more = all.length > shown ? [{ message: `and ${all.length - shown} more` }] : []
  const message = `${module} ${version.text} is not as it was built`
  return [
    diagnostic('TREE_FILES_DIFFER', message, {
      severity: wrong.length > 0 ? 'error' : 'warning',
      notes: [
        ...all.slice(0, shown).map((text) => ({ message: text })),
        ...more,
        { message: `in ${directory}` },
      ],
      hint: 'install it again as the next revision',
    }),
  ]
}

function below(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory).map((name) => join(directory, name))
}
