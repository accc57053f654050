import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { foldersUp, resolvePath } from '../../text/paths.ts'
import type { SettingsPlace } from './site-severities.ts'

/**
 * What a check looks for: what the IOC would fail at; also what a site calls an error; or
 * everything, which is shown then.
 */
export type CheckDepth = 'errors' | 'site' | 'all'

/**
 * The depth for an IOC. Most sites raise nothing: then no rules run that cannot find errors.
 *
 * @param raises - reads the settings, which takes longer than a look at their text
 */
export function checkDepth(
  level: 'errors' | 'all',
  place: SettingsPlace,
  raises: (place: SettingsPlace) => boolean,
): CheckDepth {
  if (level === 'all') return level
  const { folder, reader } = place
  const isPossible = settingsAbove(folder, reader).some((path) => mayRaise(path, reader))
  return isPossible && raises(place) ? 'site' : 'errors'
}

/** Where the settings of an IOC are looked for: the folder of its script. */
export function settingsFolder({ environment }: WalkOutcome, cwd: string): string {
  return environment.get('E3_CMD_TOP') ?? cwd
}

/** All `e3.yaml` of a folder and above it: the nearest one may be that of a stranger. */
export function settingsAbove(folder: string, reader: SourceReader): string[] {
  return [...foldersUp(folder)]
    .map((one) => resolvePath(one, 'e3.yaml'))
    .filter((path) => reader.kindOf(path) === 'file')
}

/** YAML can write the two words in another way with a backslash only. */
function mayRaise(path: string, reader: SourceReader): boolean {
  const outcome = reader.read(path)
  if (!isReadable(outcome)) return false
  const { text } = outcome.source
  return text.includes('\\') || (text.includes('severities') && text.includes('error'))
}
