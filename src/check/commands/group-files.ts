import { quoteCommand } from '../../shell/quote.ts'
import { followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { LoadedFile, WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { hasPvxs } from '../records/group-server.ts'
import type { IocRule } from '../types.ts'
import { commandCalls, isUnsure, lacksModule } from './calls.ts'

/**
 * Files of `dbLoadGroup` that are out of reach once the working directory has changed. The QSRV of
 * base opens them in `iocInit` (softIocPVA 7.0.10), that of the module pvxs at once.
 */
export function groupFiles(reader: SourceReader): IocRule {
  return function* ({ outcome, definitions }) {
    if (!outcome || !definitions || hasPvxs(definitions.registrars) || isUnsure(outcome)) return
    for (const event of outcome.events) {
      if (event.kind === 'init') return
      if (event.kind === 'load' && event.file.kind === 'group')
        yield* openedLate(event.file, outcome, reader)
    }
  }
}

/** Macros that the QSRV of base ignores: its `dbLoadGroup` takes a file only (qsrv.cpp). */
export const groupMacros: IocRule = function* ({ outcome, definitions }) {
  if (!outcome || !definitions || hasPvxs(definitions.registrars) || lacksModule(outcome)) return
  for (const { call } of commandCalls(outcome)) {
    const word = call.name === 'dbLoadGroup' ? call.words[2] : undefined
    if (!word?.text) continue
    const message = `dbLoadGroup takes 1 argument: "${word.text}" is ignored`
    const at = outcome.places.of(call.line, word)
    const hint = 'files of groups have no macros, unless the module pvxs reads them'
    yield diagnostic('ARGUMENT_EXTRA', message, { at, hint })
  }
}

function* openedLate(
  { name, path, at }: LoadedFile,
  { cwd }: WalkOutcome,
  reader: SourceReader,
): Generator<Diagnostic> {
  const opened = followPath(cwd, name, reader)
  // One that is not there in the first place is reported.
  if (path === undefined || opened === path || isReadable(reader.read(opened))) return
  const message = `there is no group file "${name}" in ${cwd}, where iocInit opens it`
  const line = quoteCommand('dbLoadGroup', [path])
  yield diagnostic('FILE_NOT_FOUND', message, { at, ...(line && { hint: line }) })
}
