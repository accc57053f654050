import { type RequestList, readRequests } from '../../database/requests/requests.ts'
import { nearFiles } from '../../startup/find-file.ts'
import { followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { baseName, directoryOf } from '../../text/paths.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import { isUnsure } from '../commands/calls.ts'
import type { IocRule } from '../types.ts'
import { type RequestSet, type RequestSets, requestSets } from './request-sets.ts'
import { requestedRecords } from './requested-records.ts'

/**
 * Request files of autosave that the commands of a startup script name: they exist, what they
 * include exists, their macros, and whether the IOC has the records.
 */
export function requestFiles(reader: SourceReader): IocRule {
  return function* (ioc) {
    const { outcome } = ioc
    if (!outcome) return
    const all = requestSets(outcome, reader)
    const lists = all.sets.flatMap((set) => readSet(set, { all, outcome, reader }) ?? [])
    const reported = new Set<string>()
    for (const found of lists.flatMap(({ diagnostics }) => diagnostics)) {
      const key = `${found.code}\0${found.at?.source.name}\0${found.at?.start}\0${found.message}`
      if (!reported.has(key)) yield found
      reported.add(key)
    }
    const pvs = lists.flatMap((list) => list.pvs)
    if (pvs.length > 0 && ioc.database.records.size > 0) yield* requestedRecords(pvs, ioc)
  }
}

interface SetContext {
  readonly all: RequestSets
  readonly outcome: WalkOutcome
  readonly reader: SourceReader
}

function readSet(set: RequestSet, context: SetContext): RequestList | undefined {
  const { places } = context.outcome
  const at = places.of(set.call.line, set.name)
  // What the shell could not expand has been reported.
  if (/\$[({]/.test(`${set.name.text} ${set.macros?.text ?? ''}`)) return undefined
  const missing: Diagnostic[] = []
  const open = (name: string, place: () => Span): Source | undefined => {
    const found = openRequest(name, { set, at: place, ...context })
    if (found && 'code' in found) missing.push(found)
    return found && 'text' in found ? found : undefined
  }
  const source = open(set.name.text, () => at)
  if (!source) return { pvs: [], diagnostics: missing }
  const macros = set.macros?.text ?? ''
  const word = set.macros
  const givenAt = word && (() => places.of(set.call.line, word))
  const from = { message: 'saved here', at }
  const { pvs, diagnostics } = readRequests({ source, macros, from, givenAt }, { open })
  return { pvs, diagnostics: [...diagnostics, ...missing] }
}

interface Wanted extends SetContext {
  readonly set: RequestSet
  readonly at: () => Span
}

/**
 * save_restore.c, openReqFile: along the folders of set_requestfile_path, names with a slash, too.
 * Nothing is returned for a file that may be there once the IOC runs.
 */
function openRequest(name: string, wanted: Wanted): Source | Diagnostic | undefined {
  const { set, all, outcome, reader, at } = wanted
  const own = name.startsWith('/') && set.isSearched ? `.${name}` : name
  const paths = set.folders.map((folder) => followPath(folder, own, reader))
  let reason: string | undefined
  for (const path of paths) {
    const text = reader.read(path)
    if (isReadable(text)) return text.source
    if (!text.isMissing) reason ??= text.reason
  }
  if (all.made.has(baseName(name)) || all.missing.has(name) || isUnsure(outcome)) return undefined
  all.missing.add(name)
  if (reason !== undefined) {
    const message = `the request file "${name}" cannot be read: ${reason}`
    return diagnostic('FILE_UNREADABLE', message, { at: at(), severity: 'warning' })
  }
  const searched = paths.map(directoryOf)
  return diagnostic('FILE_NOT_FOUND', `there is no request file "${name}"`, {
    at: at(),
    notes: [{ message: `searched (set_requestfile_path): ${searched.join(', ')}` }],
    hint: 'set_requestfile_path("<folder>")',
    ...nearFiles({ name, searched, at: at() }, reader),
    // The IOC starts all the same, and programs beside it may make such files.
    severity: all.mayMakeFiles ? 'info' : 'warning',
    absent: name,
    cause: paths.join(':'),
  })
}
