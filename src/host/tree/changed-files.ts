import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDependencies } from '../../modules/dependency-file.ts'
import type { ModuleMeta } from '../../modules/meta.ts'
import { formatVersionRequest } from '../../version/request.ts'
import { filesBelow, hashOf, type TreeFile } from './stage-files.ts'

/** What has become of the files of a build. */
export interface ChangedFiles {
  /** A sentence for each that was changed or is missing. */
  readonly wrong: readonly string[]
  /** Paths of files that the build has not made. */
  readonly added: readonly string[]
}

/**
 * Compares the files of a version, or of a stage, with what its builds say they were. Without hashes,
 * as other tools leave their descriptions, nothing is said. Throws system errors.
 */
export function changesSince(
  metas: readonly ModuleMeta[],
  { module, directory }: { readonly module: string; readonly directory: string },
): ChangedFiles {
  const wanted = new Map(metas.flatMap(({ files }) => [...files]))
  if (wanted.size === 0) return { wrong: [], added: [] }
  const there = new Map(filesBelow(directory).map((file) => [file.path, file]))
  const wrong = [...wanted].flatMap(([path, hash]) => {
    const file = there.get(path)
    if (!file) return [`${path} is missing`]
    return isAsBuilt(join(directory, path), file, hash) ? [] : [`${path} was changed`]
  })
  const added = [...there.keys()].filter((path) => !wanted.has(path) && !isDescribed(path, module))
  return { wrong: [...wrong, ...changedDependencies({ module, directory }, metas)], added }
}

/** Of a link the file counts that it leads to; where it leads nowhere nothing is as it was. */
function isAsBuilt(path: string, { kind }: TreeFile, hash: string): boolean {
  if (kind === 'link' && !existsSync(path)) return false
  return hashOf(path) === hash
}

/** Files that have no hash: the description itself, and `.dep` files, of which it has the contents. */
function isDescribed(path: string, module: string): boolean {
  return path.endsWith(`${module}_meta.yaml`) || path.endsWith(`/${module}.dep`)
}

/** `.dep` files that ask for something else than the build has written. */
function changedDependencies(
  { module, directory }: { readonly module: string; readonly directory: string },
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
