import { locateSettings, type SettingsSearch } from '../../host/find-settings.ts'
import { scopeOf } from '../../settings/scope.ts'
import type { Settings } from '../../settings/settings.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { memo } from '../../text/memo.ts'
import { directoryOf } from '../../text/paths.ts'
import type { Inputs } from './inputs.ts'
import type { NamedFile } from './targets.ts'

/** Whose settings count for all files of a command. */
export interface ChosenSettings {
  /** From which they are looked for. */
  readonly folder: string
  /** Absolute; nothing where there are none. */
  readonly path: string | undefined
  /** Other `e3.yaml`, absolute, each with the first file that is nearer to it. */
  readonly others: ReadonlyMap<string, NamedFile>
}

/**
 * The settings of the first folder that was named, or has a file that was, and has any. What is found
 * in a folder goes with it.
 */
export function chooseSettings(
  { files, folders: [first] }: Pick<Inputs, 'files' | 'folders'>,
  search: SettingsSearch,
): ChosenSettings {
  const locate = memo((folder: string) => locateSettings(folder, search).value)
  const places = files.map(({ folder, path }) => folder ?? directoryOf(path))
  const folder = places.find((one) => locate(one) !== undefined) ?? places[0] ?? first ?? search.cwd
  const path = locate(folder)
  const others = new Map<string, NamedFile>()
  for (const file of files) {
    const own = locate(directoryOf(file.path))
    if (own !== undefined && own !== path && !others.has(own)) others.set(own, file)
  }
  return { folder, path, others }
}

/** `SETTINGS_OTHER` for settings that do not count, unless their files are ignored anyhow. */
export function otherSettings(
  { folder, path, others }: ChosenSettings,
  settings: Settings,
  cwd: string,
): Diagnostic[] {
  const scope = scopeOf(settings, cwd)
  const shown = (one: string) => (one.startsWith(`${cwd}/`) ? one.slice(cwd.length + 1) : one)
  const why = path
    ? `the settings are those of ${shown(path)}`
    : `settings are looked for from ${shown(folder)} upwards`
  return [...others].flatMap(([other, { name, path: file, at }]) => {
    if (scope.isIgnored(file)) return []
    const message = `${shown(other)} does not count for ${name}: ${why}`
    const hint = `name what is in ${shown(directoryOf(other))} alone`
    return [diagnostic('SETTINGS_OTHER', message, { at, hint })]
  })
}
