import type { Definition } from '../../database/definitions/types.ts'
import type { LoadedText } from '../../database/records/types.ts'
import type { CommandCall } from '../../shell/types.ts'
import type { WalkEvent, WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { originsOf } from '../../text/span.ts'
import type { CheckedIoc, IocRule } from '../types.ts'

/**
 * Records that are loaded in front of the module or dbd file with their type. That the IOC does not
 * know the type is said at each record; here each line that loads such records is told why.
 */
export const recordOrder: IocRule = function* (ioc) {
  const { outcome, definitions, database } = ioc
  if (!outcome || !definitions) return
  const calls = callsOf(ioc)
  const seen = new Set<string>()
  for (const record of database.records.values()) {
    if (record.definition) continue
    const type = definitions.recordTypes.get(record.type)
    const call = calls.get(record.in)
    if (!type || !call) continue
    const key = `${type.name} ${call.line.number} ${call.line.run.source.name}`
    if (seen.has(key)) continue
    seen.add(key)
    yield* tooEarly(type, call, outcome)
  }
}

function callsOf({ loads }: CheckedIoc): Map<LoadedText, CommandCall> {
  const calls = new Map<LoadedText, CommandCall>()
  for (const { call, text, includes = [] } of loads) {
    if (call) for (const one of [text, ...includes]) calls.set(one, call)
  }
  return calls
}

function* tooEarly(
  type: Definition,
  call: CommandCall,
  { events, places }: WalkOutcome,
): Generator<Diagnostic> {
  const files = new Set(
    [type.at, ...Array.from(originsOf(type.at), ({ at }) => at)].map(({ source }) => source.name),
  )
  const event = events.find((one) => isAmong(dbdOf(one), files))
  const loader = event?.kind === 'load' ? event.file.call : event?.call
  const what = event?.kind === 'module' ? ` of module ${event.module.name}` : ''
  const message = `records of type ${type.name} are loaded in front of the definition of the type${what}`
  yield diagnostic('RECORD_BEFORE_MODULE', message, {
    at: places.of(call.line),
    notes: loader ? [{ message: 'the type is loaded here', at: places.of(loader.line) }] : [],
    ...(loader && { hint: `move in front of this line: ${loader.line.text.trim()}` }),
  })
}

function dbdOf(event: WalkEvent): string | undefined {
  if (event.kind === 'module') return event.module.library ? event.module.dbd : undefined
  return event.kind === 'load' && event.file.kind === 'dbd' ? event.file.path : undefined
}

/** Sources below the working directory are named by their path from there. */
function isAmong(path: string | undefined, names: ReadonlySet<string>): boolean {
  if (path === undefined) return false
  if (names.has(path)) return true
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    if (names.has(path.slice(at + 1))) return true
  }
  return false
}
