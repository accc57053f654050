import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Written } from '../../../settings/shape.ts'
import { type Diagnostic, diagnostic } from '../../../text/diagnostic.ts'
import { type BaseInstallation, sayOrigin } from '../../base/locate.ts'

/**
 * `MAKEFILE_BASE`, if an e3 wrapper names another base than the one that is used. Said once: a note
 * in the folder for what is built keeps it from being said again. Throws system errors.
 *
 * @param output - absolute
 */
export function otherBase(
  named: Written | undefined,
  used: BaseInstallation,
  output: string,
): Diagnostic[] {
  const note = join(output, 'other-base')
  if (named === undefined || realPath(named.text) === realPath(used.directory)) return []
  const text = `${named.text}\n${used.directory}\n`
  if (existsSync(note) && readFileSync(note, 'utf8') === text) return []
  writeFileSync(note, text)
  const isThere = existsSync(named.text) ? 'is not used' : 'is not on this machine'
  const message = `the base ${named.text}, which this wrapper names, ${isThere}: it is built for ${used.directory}`
  const notes = [{ message: sayOrigin(used) }]
  return [diagnostic('MAKEFILE_BASE', message, { at: named.at, notes })]
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
