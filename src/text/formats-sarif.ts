import type { CodePage } from './code-pages.ts'
import { type Code, codes, type Severity } from './codes.ts'
import type { Diagnostic, TextEdit } from './diagnostic.ts'
import { positionAt } from './source.ts'
import { originsOf, type Span } from './span.ts'

/** Who reports, and where. */
export interface SarifRun {
  readonly version: string
  /** Absolute; relative names of files start here. */
  readonly cwd: string
  /** What the codes mean; those without a page have no help. */
  readonly pages: ReadonlyMap<string, CodePage>
}

/**
 * Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors show at the lines, piece by
 * piece. Rules are the codes that appear; notes and the chain of reasons are related locations;
 * edits are fixes.
 */
export function* renderSarif(
  diagnostics: readonly Diagnostic[],
  { version, cwd, pages }: SarifRun,
): Generator<string> {
  const used = [...new Set(diagnostics.map(({ code }) => code))].sort()
  const rules = used.map((code) => rule(code, pages.get(code)))
  const driver = { name: 'e3-iocsh', semanticVersion: version, rules }
  const head = JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        ...{ tool: { driver }, columnKind: 'utf16CodeUnits' },
        originalUriBaseIds: { [root]: { uri: `file://${uriOf(cwd.replace(/\/*$/, '/'))}` } },
        results: [],
      },
    ],
  })
  const tail = ']}]}'
  yield head.slice(0, -tail.length)
  const index = new Map(used.map((code, at) => [code, at]))
  let separator = '\n'
  for (const item of diagnostics) {
    yield `${separator}${JSON.stringify(result(item, index.get(item.code) ?? -1))}`
    separator = ',\n'
  }
  yield `\n${tail}\n`
}

/** The name that viewers know for the root of the sources. */
const root = '%SRCROOT%'

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

function rule(code: Code, page: CodePage | undefined) {
  return {
    id: code,
    defaultConfiguration: { level: levels[codes[code]] },
    ...(page && {
      shortDescription: { text: page.summary },
      help: { text: page.markdown, markdown: page.markdown },
    }),
  }
}

function result(item: Diagnostic, ruleIndex: number) {
  const { code, severity, message, at, notes, hint, more, fixes = [] } = item
  const lines = [
    message,
    ...notes.filter((note) => !note.at).map((note) => `note: ${note.message}`),
    ...(hint ? [`help: ${hint}`] : []),
  ]
  const related = [
    ...notes.flatMap((note) => (note.at ? [{ message: note.message, at: note.at }] : [])),
    ...(at ? ends([...originsOf(at)]) : []),
  ]
  return {
    ...{ ruleId: code, ruleIndex, level: levels[severity] },
    message: { text: lines.join('\n') },
    ...(more && { occurrenceCount: more.length }),
    ...(at && { locations: [location(at)] }),
    ...(related.length > 0 && {
      relatedLocations: related.map((link, id) => ({
        ...{ id, ...location(link.at) },
        message: { text: link.message },
      })),
    }),
    ...(fixes.length > 0 && { fixes: [{ artifactChanges: fixes.map(change) }] }),
  }
}

/** Scripts that load each other can make chains of hundreds of links. */
function ends<T>(links: readonly T[]): readonly T[] {
  return links.length <= 20 ? links : [...links.slice(0, 10), ...links.slice(-10)]
}

function change({ at, replacement }: TextEdit) {
  return {
    artifactLocation: artifact(at.source.name),
    replacements: [{ deletedRegion: region(at), insertedContent: { text: replacement } }],
  }
}

/** Texts such as `<command line>` are no files. */
function location(at: Span) {
  const { name } = at.source
  if (/^<.*>$/s.test(name)) return { logicalLocations: [{ fullyQualifiedName: name }] }
  return { physicalLocation: { artifactLocation: artifact(name), region: region(at) } }
}

function artifact(name: string) {
  if (name.startsWith('/')) return { uri: `file://${uriOf(name)}` }
  return { uri: uriOf(name.replace(/^(\.\/)+/, '')), uriBaseId: root }
}

/** Lines and columns from 1, the end behind the last character. */
function region({ source, start, end }: Span) {
  const from = positionAt(source, start)
  const to = positionAt(source, Math.max(start, end))
  return {
    ...{ startLine: from.line, startColumn: from.column },
    ...{ endLine: to.line, endColumn: to.column },
  }
}

/** A path as part of a URI; lone surrogates have no bytes that could be written. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}
