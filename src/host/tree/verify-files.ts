import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDependencies } from '../../modules/dependency-file.ts'
import { type ModuleMeta, readMeta } from '../../modules/meta.ts'
import type { VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { formatVersionRequest } from '../../version/request.ts'
import { treeUnreadable } from './failure.ts'
import { filesBelow, hashOf } from './stage-files.ts'

/** The descriptions of the builds of a version, one an architecture as far as there are any. */
export function metasOf({ module, directory }: VersionPlace): Result<readonly ModuleMeta[]> {
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
    const wanted = new Map(metas.flatMap(({ files }) => [...files]))
    if (wanted.size === 0) return diagnostics
    return [...diagnostics, ...compare(place, wanted, changedDependencies(place, metas))]
  } catch (error) {
    return [treeUnreadable(place.directory, error)]
  }
}

const shown = 20

function compare(
  { module, version, directory }: VersionPlace,
  wanted: ReadonlyMap<string, string>,
  changed: readonly string[],
): Diagnostic[] {
  const there = new Set(filesBelow(directory).map(({ path }) => path))
  const wrong = [...wanted].flatMap(([path, hash]) => {
    if (!there.has(path)) return [`${path} is missing`]
    return hashOf(join(directory, path)) === hash ? [] : [`${path} was changed`]
  })
  const extra = [...there]
    .filter((path) => !wanted.has(path) && !isDescribed(path, module))
    .map((path) => `${path} was added`)
  const all = [...wrong, ...changed, ...extra]
  if (all.length === 0) return []
  const more = all.length > shown ? [{ message: `and ${all.length - shown} more` }] : []
  const message = `${module} ${version.text} is not as it was built`
  return [
    diagnostic('TREE_FILES_DIFFER', message, {
      severity: wrong.length + changed.length > 0 ? 'error' : 'warning',
      notes: [
        ...all.slice(0, shown).map((text) => ({ message: text })),
        ...more,
        { message: `in ${directory}` },
      ],
      hint: 'install it again as the next revision',
    }),
  ]
}

/** Files that have no hash: the description itself, and `.dep` files, of which it has the contents. */
function isDescribed(path: string, module: string): boolean {
  return path.endsWith(`${module}_meta.yaml`) || path.endsWith(`/${module}.dep`)
}

/** `.dep` files that ask for something else than the build has written. */
function changedDependencies(
  { module, directory }: VersionPlace,
  metas: readonly ModuleMeta[],
): string[] {
  return metas.flatMap(({ arch, requires, files }) => {
    const path = `lib/${arch}/${module}.dep`
    const file = join(directory, path)
    if (!requires || files.has(path) || !existsSync(file)) return []
    const { value } = parseDependencies({ name: file, text: readFileSync(file, 'utf8') })
    const there = value.map((one) => `${one.module} ${formatVersionRequest(one.version)}`)
    const built = [...requires].map(([name, version]) => `${name} ${version}`)
    return there.sort().join() === built.sort().join() ? [] : [`${path} was changed`]
  })
}

function below(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory).map((name) => join(directory, name))
}
