import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchRoot, Site } from '../../modules/site.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { listPlaces } from '../../modules/version-place.ts'
import { matchesRequest } from '../../version/request.ts'
import { namesIn } from '../list-directory.ts'

/**
 * The roots of a site for an IOC that shall load a version of a module from the first one and from
 * nowhere else, and no other revision of it, though `require` takes the highest. A root that has any
 * is replaced by a folder of links to all its modules but this one.
 *
 * @param directory for these folders
 */
export function hideRevisions(
  site: Site,
  { module, version }: Pick<StagedModule, 'module' | 'version'>,
  directory: string,
): readonly SearchRoot[] {
  return site.roots.map((root, index) => {
    const places = index === 0 ? [] : listPlaces(site, { module, root })
    const asked = { kind: 'named', version } as const
    if (!places.some((one) => matchesRequest(one.version, asked))) return root
    const folder = join(directory, String(index))
    mkdirSync(folder, { recursive: true })
    for (const name of namesIn(root.directory).filter((one) => one !== module)) {
      symlinkSync(join(root.directory, name), join(folder, name))
    }
    return { ...root, directory: folder }
  })
}
