import type { AccessFile } from '../../database/access/access-file.ts'
import { loadAccessFile } from '../../database/access/load-access.ts'
import type { LoadedField } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { nearFiles } from '../../startup/find-file.ts'
import { followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { directoryOf } from '../../text/paths.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import { byteOrderMark } from '../byte-order-mark.ts'
import { isUnsure } from '../commands/calls.ts'
import { placeSpan } from '../records/place.ts'
import type { CheckedIoc, IocRule } from '../types.ts'
import { type AccessLoad, accessLoads } from './access-loads.ts'

/**
 * Access security files that the IOC reads in `iocInit` and `asInit`, and whether they define the
 * groups that records name.
 */
export function accessSecurity(reader: SourceReader): IocRule {
  return function* (ioc) {
    const { outcome } = ioc
    if (!outcome) return
    let last: { readonly name: string; readonly file: AccessFile } | undefined
    for (const load of accessLoads(outcome)) {
      // What the shell could not expand has been reported.
      if (/\$[({]/.test(`${load.name.text} ${load.macros ?? ''}`)) continue
      const at = outcome.places.of(load.call.line, load.name)
      const source = openAccess(load, { at, reader, outcome })
      if (!source) continue
      if ('code' in source) {
        yield source
        continue
      }
      const from = { message: 'loaded here', at }
      const file = loadAccessFile(source, { ...load, from })
      yield* byteOrderMark(source, from)
      yield* file.diagnostics
      last = { name: source.name, file }
    }
    if (last?.file.isComplete) yield* groupsOfRecords(ioc, last)
  }
}

interface OpenContext {
  readonly at: Span
  readonly reader: SourceReader
  readonly outcome: WalkOutcome
}

function openAccess(
  { name: { text: name }, cwd }: AccessLoad,
  { at, reader, outcome }: OpenContext,
): Source | Diagnostic | undefined {
  const path = followPath(cwd, name, reader)
  const text = reader.read(path)
  if (isReadable(text)) return text.source
  if (isUnsure(outcome)) return undefined
  if (!text.isMissing) {
    const message = `the access security file "${name}" cannot be read: ${text.reason}`
    return diagnostic('FILE_UNREADABLE', message, { at })
  }
  const folder = directoryOf(path)
  const mayMakeFiles = outcome.events.some(
    (event) => event.kind === 'command' && event.call.name === 'system',
  )
  return diagnostic('FILE_NOT_FOUND', `there is no access security file "${name}"`, {
    at,
    notes: [{ message: `searched: ${folder}` }],
    ...nearFiles({ name, searched: [folder], at }, reader),
    severity: mayMakeFiles ? 'warning' : 'error',
    absent: name,
    cause: path,
  })
}

interface NamedFile {
  readonly name: string
  readonly file: AccessFile
}

/** Groups that records name and the file does not define, one message for each. */
function* groupsOfRecords(
  { database }: CheckedIoc,
  { name: fileName, file: { groups } }: NamedFile,
): Generator<Diagnostic> {
  const missing = new Map<string, { readonly first: LoadedField; count: number }>()
  for (const record of database.records.values()) {
    const field = record.last('ASG')
    const group = field && unescapeValue(field.value)
    if (!field || !group || groups.has(group) || /\$[({]/.test(group)) continue
    const known = missing.get(group)
    if (known) known.count += 1
    else missing.set(group, { first: field, count: 1 })
  }
  for (const [group, { first, count }] of missing) {
    const message = `${fileName} has no ASG "${group}", the record gets the rules of DEFAULT`
    yield diagnostic('ACCESS_RECORD', message, {
      at: placeSpan(first),
      notes: count > 1 ? [{ message: `and ${count - 1} more records` }] : [],
      hint: didYouMean(group, groups) ?? `ASG(${group}) {RULE(1, WRITE)}`,
    })
  }
}
