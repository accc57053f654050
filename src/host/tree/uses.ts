import { realpathSync } from 'node:fs'
import { aliasesOf, asking, dependencyLines, dependingOn } from '../../modules/dependents.ts'
import { lostVersions } from '../../modules/lost-versions.ts'
import type { Site } from '../../modules/site.ts'
import type { VersionPlace } from '../../modules/version-place.ts'
import type { Note } from '../../text/diagnostic.ts'
import { formatVersionRequest } from '../../version/request.ts'
import { processesUsing } from '../processes-using.ts'
import { runningIocs } from '../running-iocs.ts'

/** Who would miss a version: other modules, links, IOCs that run on this host; a note for each. */
export function usesOf(
  site: Site,
  place: VersionPlace,
  env: Readonly<Record<string, string | undefined>>,
): Note[] {
  const lines = dependencyLines(site)
  const pinned = dependingOn(site, place, asking(lines, place.module))
  const told = new Set(pinned.map(({ place: by, architecture }) => nameOf(by, architecture)))
  const lost = place.isLink ? [] : lostVersions(site, place, lines)
  return [
    ...pinned.map(({ place: by, dependency, architecture }) => {
      const asked = `${dependency.module} ${formatVersionRequest(dependency.version)}`.trimEnd()
      return { message: `${nameOf(by, architecture)} asks for ${asked}`, at: dependency.at }
    }),
    ...lost
      .map(({ place: by, architecture, at }) => ({ name: nameOf(by, architecture), at }))
      .filter(({ name }) => !told.has(name))
      .map(({ name, at }) => {
        const message = `${name} cannot be loaded with another version of ${place.module}`
        return { message, at }
      }),
    ...aliasesOf(site, place).map(({ version }) => ({
      message: `the link ${version.text} is another name of it`,
    })),
    ...(place.isLink ? [] : iocsIn(place.directory, env)),
  ]
}

function nameOf({ module, version }: VersionPlace, architecture: string): string {
  return `${module} ${version.text} for ${architecture}`
}

/** By their run directories, and by what processes have mapped: an IOC may have been started otherwise. */
function iocsIn(directory: string, env: Readonly<Record<string, string | undefined>>): Note[] {
  const real = realPath(directory)
  const iocs = runningIocs(env).filter(({ modules }) =>
    modules.some((module) => realPath(module.directory) === real),
  )
  const known = new Set(iocs.map(({ pid }) => pid))
  const others = processesUsing(real).filter(({ pid }) => !known.has(pid))
  return [
    ...iocs.map(({ iocName, pid }) => ({
      message: `the IOC ${iocName} runs with it (pid ${pid})`,
    })),
    ...others.map(({ pid, command }) => ({
      message: `the process ${command} has files of it open (pid ${pid})`,
    })),
  ]
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
