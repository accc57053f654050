import { findSettings } from '../../host/find-settings.ts'
import { applySeverities, raisesFindings } from '../../settings/severities.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'

/** Whose settings count. */
export interface SettingsPlace {
  /** Folder of the startup script. */
  readonly folder: string
  readonly cwd: string
  readonly uid: number
  readonly reader: SourceReader
}

/** The site may call an error what is none without it. */
export function raisesSeverities({ folder, ...search }: SettingsPlace): boolean {
  return raisesFindings(findSettings(folder, search).value)
}

/** Findings with the severities of the site's `e3.yaml`, and what is wrong with that file. */
export function withSiteSeverities(
  found: readonly Diagnostic[],
  { folder, ...search }: SettingsPlace,
): readonly Diagnostic[] {
  const { value: settings, diagnostics } = findSettings(folder, search)
  return [...diagnostics, ...applySeverities(found, settings, { cwd: search.cwd })]
}
