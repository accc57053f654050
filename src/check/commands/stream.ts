import { protocolProblem } from '../../database/protocols/protocol-check.ts'
import {
  type Protocol,
  type ProtocolFile,
  readProtocolFile,
} from '../../database/protocols/protocol-file.ts'
import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { nearFiles } from '../../startup/find-file.ts'
import { followFolder, followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { placeOfText } from '../../text/fix.ts'
import { directoryOf } from '../../text/paths.ts'
import { didYouMean } from '../../text/suggest.ts'
import { deviceLink, missingLink } from '../records/record-links.ts'
import type { IocRule } from '../types.ts'
import { type CommandKnowledge, isIncomplete } from './calls.ts'
import {
  addPortUser,
  missingPorts,
  moreUsers,
  type PortUsers,
  placeSpan,
  portsOf,
} from './ports.ts'
import { readStreamLink, type StreamLink } from './stream-link.ts'

/**
 * Records of StreamDevice (DTYP `stream`): their protocol file, the protocol in it, its arguments,
 * and the asyn port. StreamDevice reads the files in `iocInit`; a record it cannot set up stays
 * without a device.
 */
export function streamRecords(knowledge: CommandKnowledge, reader: SourceReader): IocRule {
  return function* ({ outcome, database }) {
    if (!outcome || isIncomplete(outcome)) return
    const files = new Map<string, FoundProtocols>()
    const check = { outcome, reader, files, ports: new Map() }
    for (const record of database.records.values()) {
      const support = record.last('DTYP')
      if (support?.value !== 'stream') continue
      if (missingLink(record)) yield noLink(record, support)
      const link = linkOf(record)
      if (link) yield* linkFindings(link, check)
    }
    for (const found of files.values()) yield* fileFindings(found, check)
    if (check.ports.size > 0) yield* missingPorts(check.ports, portsOf(outcome, knowledge))
  }
}

interface StreamCheck {
  readonly outcome: WalkOutcome
  readonly reader: SourceReader
  readonly ports: PortUsers
  /** By the name in the link. */
  readonly files: Map<string, FoundProtocols>
}

/** A protocol file and who uses it. */
interface FoundProtocols {
  readonly name: string
  /** Absent if there is no such file. */
  readonly file?: ProtocolFile
  readonly searched: readonly string[]
  readonly users: LoadedField[]
  /** Users of protocols that it does not have. */
  readonly unknown: Map<string, LoadedField[]>
  /** Users of those that it has. */
  readonly used: Map<Protocol, LoadedField[]>
}

/** `Empty I/O link` in the IOC. */
function noLink(record: LoadedRecord, support: LoadedField): Diagnostic {
  const message = `"${record.name}" has no ${missingLink(record)}: StreamDevice needs a link`
  const at = placeSpan(support)
  return diagnostic('STREAM_LINK', message, {
    at,
    hint: `field(${missingLink(record)}, "${linkForm}")`,
  })
}

const linkForm = '@file.proto protocol(arguments) bus'

function linkOf(record: LoadedRecord): LoadedField | undefined {
  const link = deviceLink(record)
  // What is not expanded is reported where it is loaded.
  return link && !/\$[({]/.test(link.value) ? link : undefined
}

function* linkFindings(field: LoadedField, check: StreamCheck): Generator<Diagnostic> {
  const link = readStreamLink(unescapeValue(field.value))
  if (!link) {
    const message = `"${field.value}" is no link of StreamDevice: it has no file, protocol or bus`
    yield diagnostic('STREAM_LINK', message, { at: placeSpan(field), hint: linkForm })
    return
  }
  if (!ownBuses.has(link.bus)) addPortUser(check.ports, link.bus, field)
  const found = protocolsOf(link.file, check)
  found.users.push(field)
  if (!found.file || found.file.problem) return
  const protocol = found.file.protocols.get(link.protocol.toLowerCase())
  const given = link.arguments.length
  // `get()` is one empty argument for StreamDevice; who writes it means none.
  const isEmptyList = given === 1 && link.arguments[0] === ''
  if (!protocol) {
    noteUser(found.unknown, link.protocol, field)
    return
  }
  noteUser(found.used, protocol, field)
  if (given < protocol.needed || (given > Math.min(9, protocol.mentioned) && !isEmptyList)) {
    yield wrongCount(link, protocol, field)
  }
}

function noteUser<Key>(users: Map<Key, LoadedField[]>, key: Key, user: LoadedField): void {
  const before = users.get(key)
  if (before) before.push(user)
  else users.set(key, [user])
}

/** Buses of StreamDevice itself: DebugInterface.cc, DummyInterface.cc. */
const ownBuses: ReadonlySet<string> = new Set(['debug', 'dummy'])

/** StreamProtocol.cc: a missing one is an error, those that nobody asks for are ignored. */
function wrongCount(
  { arguments: given, protocol: name }: StreamLink,
  { needed, mentioned, at }: { needed: number; mentioned: number; at: Diagnostic['at'] },
  field: LoadedField,
): Diagnostic {
  const isShort = given.length < needed
  const message = isShort
    ? `protocol ${name} needs $${needed}, the record gives ${given.length} arguments`
    : `protocol ${name} uses ${mentioned} arguments, the record gives ${given.length}`
  return diagnostic('PROTOCOL_ARGUMENTS', message, {
    at: placeSpan(field),
    notes: [{ message: 'the protocol', ...(at && { at }) }],
    severity: isShort ? 'error' : 'info',
  })
}

function allProtocols({ protocols }: ProtocolFile): string {
  const names = Array.from(protocols.values(), ({ name }) => name)
  return `it has: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`
}

/**
 * setup.html 3: along STREAM_PROTOCOL_PATH, names with a slash, too; default: the working directory.
 * StreamProtocolParser::readFile: nothing stands behind a last colon.
 */
function protocolsOf(name: string, { outcome, reader, files }: StreamCheck): FoundProtocols {
  const before = files.get(name)
  if (before) return before
  const path = outcome.environment.get('STREAM_PROTOCOL_PATH') ?? '.'
  const directories = name.startsWith('/') ? ['.'] : path.split(/[:;]/)
  if (directories.at(-1) === '') directories.pop()
  const paths = directories.map((one) =>
    followPath(followFolder(outcome.cwd, one || '.', reader), name, reader),
  )
  const text = paths.map((one) => reader.read(one)).find(isReadable)
  const searched = paths.map(directoryOf)
  const found: FoundProtocols = {
    ...{ name, searched, users: [], unknown: new Map(), used: new Map() },
    ...(text && { file: readProtocolFile(text.source) }),
  }
  files.set(name, found)
  return found
}

function* unknownProtocols(
  name: string,
  file: ProtocolFile,
  unknown: FoundProtocols['unknown'],
): Generator<Diagnostic> {
  for (const [protocol, [first, ...others]] of unknown) {
    if (!first) continue
    yield diagnostic('PROTOCOL_UNKNOWN', `${name} has no protocol ${protocol}`, {
      at: placeSpan(first),
      notes: moreUsers(others.length),
      hint: didYouMean(protocol, file.protocols.keys()) ?? allProtocols(file),
    })
  }
}

/** `Protocol parse error`: other protocols of the file can be used. */
function* brokenProtocols(
  file: ProtocolFile,
  { name, used }: FoundProtocols,
): Generator<Diagnostic> {
  for (const [protocol, users] of used) {
    const problem = protocolProblem(protocol, file)
    const [first] = users
    if (!problem || !first) continue
    const { message, at, hint, isUnsure } = problem
    const note = `used by ${recordCount(users)}, first here`
    yield diagnostic('PROTOCOL_SYNTAX', `protocol ${protocol.name} of ${name}: ${message}`, {
      ...{ at, ...(hint && { hint }), severity: isUnsure ? 'warning' : 'error' },
      notes: [{ message: note, at: placeSpan(first) }],
    })
  }
}

function recordCount({ length }: readonly unknown[]): string {
  return length === 1 ? 'one record' : `${length} records`
}

function* fileFindings(found: FoundProtocols, { reader }: StreamCheck): Generator<Diagnostic> {
  const { name, file, searched, users, unknown } = found
  if (file) yield* unknownProtocols(name, file, unknown)
  if (file) yield* brokenProtocols(file, found)
  const [first] = users
  const by = recordCount(users)
  if (!first) return
  if (file?.problem) {
    const message = `${name} is no protocol file: ${file.problem.message}`
    yield diagnostic('PROTOCOL_SYNTAX', message, {
      at: file.problem.at,
      notes: [{ message: `used by ${by}, first here`, at: placeSpan(first) }],
    })
  } else if (!file) {
    const near = nearFiles({ name, searched }, reader)
    const fixes = users.slice(0, mostFixed).flatMap((user) => {
      const at = placeOfText(name, placeSpan(user))
      return nearFiles({ name, searched, at }, reader).fixes ?? []
    })
    yield diagnostic('PROTOCOL_NOT_FOUND', `there is no protocol file ${name}, used by ${by}`, {
      at: placeSpan(first),
      notes: [{ message: `searched (STREAM_PROTOCOL_PATH): ${searched.join(', ')}` }],
      hint: 'in front of iocInit: epicsEnvSet STREAM_PROTOCOL_PATH <folders, colons between them>',
      ...near,
      fixes,
      absent: name,
    })
  }
}

/** Records whose link is put right at once. */
const mostFixed = 100
