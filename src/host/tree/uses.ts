import { realpathSync } from 'node:fs'
import { aliasesOf, dependentsOf, dependingOn } from '../../modules/dependents.ts'
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
  const pinned = dependingOn(site, place, dependentsOf(site, place.module))
  return [
    ...pinned.map(({ place: by, dependency, architecture }) => {
      const asked = `${dependency.module} ${formatVersionRequest(dependency.version)}`.trimEnd()
      const message = `${by.module} ${by.version.text} for ${architecture} asks for ${asked}`
      return { message, at: dependency.at }
    }),
    ...aliasesOf(site, place).map(({ version }) => ({
      message: `the link ${version.text} is another name of it`,
    })),
    ...(place.isLink ? [] : iocsIn(place.directory, env)),
  ]
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
