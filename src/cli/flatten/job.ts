import { resolve } from 'node:path'
import { createDefinitions } from '../../database/definitions/definitions.ts'
import type { Definitions } from '../../database/definitions/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import { encodingOf } from '../../hierarchy/encoding.ts'
import { flatten } from '../../hierarchy/flatten.ts'
import type { HierarchyRequest } from '../../hierarchy/open.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { readStandardInput } from '../../host/standard-input-text.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { directoryOf } from '../../text/paths.ts'
import type { Source } from '../../text/source.ts'
import type { CliContext } from '../context.ts'

/** How files are made flat. */
export interface JobOptions {
  readonly macro: readonly string[]
  readonly dbd: readonly string[]
  readonly dropDefaults?: boolean
  readonly globalMacros?: boolean
  readonly capfastNames?: boolean
  readonly markers: boolean
  readonly relativePaths?: boolean
  readonly stdinName?: string | undefined
}

/** Flat databases one behind the other. */
export interface FlatFiles {
  readonly pieces: readonly string[]
  /** Latin-1 if one of the files is and no other one needs UTF-8, so that bytes stay as they are. */
  readonly encoding: 'utf8' | 'latin1'
  readonly diagnostics: readonly Diagnostic[]
}

export function flattenFiles(
  names: readonly string[],
  options: JobOptions,
  { cwd, env }: CliContext,
): FlatFiles {
  const diagnostics: Diagnostic[] = []
  const files = createSourceReader(cwd)
  const definitions = readDefinitions(options.dbd, { cwd, files, diagnostics })
  const common = {
    ...{ files, roots: { cwd, includePath: env['EPICS_DB_INCLUDE_PATH'] } },
    macros: macrosOf(options.macro),
    options: { ...options, definitions, relativeTo: options.relativePaths ? cwd : undefined },
  }
  const pieces: string[] = []
  const sources: Source[] = []
  for (const name of names) {
    const top = openTop(name, { cwd, files, stdinName: options.stdinName })
    if (!('path' in top)) diagnostics.push(top)
    else {
      const flat = flatten({ ...common, top })
      diagnostics.push(...flat.diagnostics)
      sources.push(...flat.value.sources)
      if (pieces.length > 0) pieces.push('\n')
      for (const piece of flat.value.pieces) pieces.push(piece)
    }
  }
  return { pieces, encoding: encodingOf(sources), diagnostics }
}

/** Macros of words `NAME=VALUE`. */
export function macrosOf(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf('=')
      return [word.slice(0, at), word.slice(at + 1)]
    }),
  )
}

interface Machine {
  readonly cwd: string
  readonly files: SourceReader
}

/** A file that is named on the command line, or standard input, or why it cannot be read. */
export function openTop(
  name: string,
  { cwd, files, stdinName }: Machine & { readonly stdinName: string | undefined },
): HierarchyRequest['top'] | Diagnostic {
  if (name === '-') return standardInput(stdinName, cwd)
  const path = name.startsWith('/') ? name : `${cwd}/${name}`
  const read = files.read(path)
  return isReadable(read) ? { path, source: read.source, from: undefined } : unreadable(name, read)
}

function unreadable(
  name: string,
  { reason, isMissing }: { reason: string; isMissing: boolean },
): Diagnostic {
  return isMissing
    ? diagnostic('FILE_NOT_FOUND', `there is no file "${name}"`, { hint: 'correct the name' })
    : diagnostic('FILE_UNREADABLE', `${name} cannot be read: ${reason}`)
}

function standardInput(name = 'stdin.vdb', cwd: string): HierarchyRequest['top'] | Diagnostic {
  const source = readStandardInput(name)
  if ('reason' in source) return unreadable('standard input', { ...source, isMissing: false })
  if (source.text.includes('\0')) {
    const reason = 'it holds NUL bytes, so it is not text'
    return unreadable('standard input', { reason, isMissing: false })
  }
  return { path: resolve(cwd, name), source, from: undefined }
}

/** Sizes of fields and the like make no difference here: e3 check looks at them. */
function isUnread({ code }: Diagnostic): boolean {
  return code === 'DBD_SYNTAX' || code === 'DBD_INCLUDE_LOOP' || code === 'FILE_NOT_FOUND'
}

/** Of all files; undefined if none is named. */
function readDefinitions(
  names: readonly string[],
  { cwd, files, diagnostics }: Machine & { readonly diagnostics: Diagnostic[] },
): Definitions | undefined {
  if (names.length === 0) return undefined
  const definitions = createDefinitions()
  const open = (name: string) => {
    const read = files.read(resolve(cwd, name))
    if (!isReadable(read)) return undefined
    return loadText(read.source, { macros: { list: '' }, limits: 'off' }).text
  }
  for (const name of names) {
    const text = open(name)
    const path = [directoryOf(resolve(cwd, name)), cwd]
    if (text) diagnostics.push(...definitions.load({ text, path, open }).filter(isUnread))
    else diagnostics.push(diagnostic('FILE_NOT_FOUND', `there is no dbd file "${name}"`))
  }
  return definitions
}
