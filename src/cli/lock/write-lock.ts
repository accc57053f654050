import { resolve } from 'node:path'
import { reasonOf, remedyOf } from '../../host/errors.ts'
import { writeOutput } from '../../host/write-output.ts'
import { lockChanges } from '../../modules/lock/changes.ts'
import { lockText } from '../../modules/lock/lock-text.ts'
import { counted } from '../../text/count.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { OpenedSite } from '../tree/open-site.ts'
import { contentsOf, type LockTask } from './lock-target.ts'

/**
 * Writes the lock of a script. The file is left alone if it would be the same.
 *
 * Errors: those of the resolution, `LOCK_UNWRITABLE`.
 *
 * @returns what was done, line by line
 */
export function writeLock(
  task: LockTask,
  session: OpenedSite,
  isHeld: (module: string) => boolean,
): Result<readonly string[]> {
  const { value: contents, diagnostics } = contentsOf(task, session, isHeld)
  if (!contents) return { value: [], diagnostics }
  const { lockName, before, isThere } = task
  const text = lockText(contents)
  if (isThere && before?.source.text === text)
    return { value: [`${lockName} is up to date`], diagnostics }
  const failure = write(resolve(session.cwd, lockName), text, lockName)
  if (failure) return { value: [], diagnostics: [...diagnostics, failure] }
  const modules = counted(contents.modules.length, 'module')
  const changes = before ? lockChanges(before, contents) : []
  return {
    value: [`${lockName}: ${modules} locked`, ...changes.map((line) => `  ${line}`)],
    diagnostics,
  }
}

function write(path: string, text: string, name: string): Diagnostic | undefined {
  try {
    writeOutput(path, [Buffer.from(text)])
    return undefined
  } catch (error) {
    const message = `the lock ${name} cannot be written: ${reasonOf(error)}`
    const hint = remedyOf(error, 'name another place: -o <file>')
    return diagnostic('LOCK_UNWRITABLE', message, { hint })
  }
}
