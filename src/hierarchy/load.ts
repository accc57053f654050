import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { directoryOf } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import type { Origin, Span } from '../text/span.ts'
import { takeStatement } from './build.ts'
import {
  type Building,
  buildingOf,
  finishTemplate,
  type PlacedStatement,
  spanIn,
} from './building.ts'
import type { TemplateFiles } from './files.ts'
import { type Place, parseHierarchy } from './parse.ts'
import {
  candidatesOf,
  identityOf,
  type SearchPlace,
  type SearchRoots,
  searchPlace,
  withPath,
} from './search.ts'
import type { OpenedFile, Template, TemplateOptions } from './template.ts'
import type { Statement, SyntaxTree, Value } from './types.ts'

/** What is loaded and how. */
export interface LoadRequest {
  /** The top file: its text, and the path that its folder is taken of. */
  readonly top: OpenedFile & { readonly path: string }
  readonly files: TemplateFiles
  readonly roots: SearchRoots
  readonly options: TemplateOptions
  readonly diagnostics: Diagnostic[]
}

export interface LoadedTemplates {
  /** The top file first. */
  readonly templates: readonly Template[]
  /** All files that were read. */
  readonly sources: readonly Source[]
}

/** Reads all templates that a file needs. */
export function loadTemplates(request: LoadRequest): LoadedTemplates {
  const loading: Loading = {
    ...request,
    known: new Map(),
    queue: [],
    trees: new Map(),
    identities: new Map(),
    included: 0,
  }
  const { path, source, from } = request.top
  const templates = [loadTemplate(loading, { path, source, from })]
  // Not one inside the other: chains of expands may be as long as they like.
  for (const next of loading.queue) templates.push(loadTemplate(loading, next))
  const sources = [...loading.trees.values()].map(({ source }) => source)
  return { templates, sources: [...new Set(sources)] }
}

interface Loading extends LoadRequest {
  readonly known: Map<string, { template: Template | undefined; waiting: Setter[] }>
  readonly queue: Wanted[]
  readonly trees: Map<string, SyntaxTree>
  /** By path. */
  readonly identities: Map<string, string>
  included: number
}

type Setter = (template: Template) => void

interface Wanted extends OpenedFile {
  readonly path: string
}

/** Nobody includes more; files that include each other twice each would never end. */
const mostIncluded = 10_000

/** A file in the middle of being read. */
interface Reading {
  readonly file: OpenedFile
  readonly identity: string
  readonly statements: readonly Statement[]
  /** Why it is read: the statement, for loops. */
  readonly at: Span | undefined
  place: SearchPlace
  next: number
}

function loadTemplate(loading: Loading, wanted: Wanted): Template {
  const { path } = wanted
  const known = entryOf(loading, identityIn(loading, path))
  const building = buildingOf(wanted, loading.options, loading.diagnostics)
  const place = searchPlace(directoryOf(path), loading.roots)
  const open = [readingOf(loading, { file: wanted, path, place, at: undefined })]
  for (let reading = open.at(-1); reading; reading = open.at(-1)) {
    const statement = reading.statements[reading.next]
    reading.next += 1
    if (!statement) open.pop()
    else step(loading, { building, open, reading, statement })
  }
  const template = finishTemplate(building)
  known.template = template
  for (const set of known.waiting.splice(0)) set(template)
  return template
}

function entryOf({ known }: Loading, identity: string) {
  const before = known.get(identity)
  if (before) return before
  const entry = { template: undefined, waiting: [] }
  known.set(identity, entry)
  return entry
}

function identityIn({ identities, files }: Loading, path: string): string {
  const known = identities.get(path)
  if (known !== undefined) return known
  const identity = identityOf(path, files)
  identities.set(path, identity)
  return identity
}

interface Step {
  readonly building: Building
  readonly open: Reading[]
  readonly reading: Reading
  readonly statement: Statement
}

function step(loading: Loading, { building, open, reading, statement }: Step): void {
  const { file, place } = reading
  const [value] = statement.values
  switch (statement.keyword) {
    case 'path':
    case 'addpath':
      reading.place = withPath(
        place,
        { keyword: statement.keyword, value: value?.text ?? '' },
        loading.roots,
      )
      return
    case 'include': {
      const included = include(loading, { open, value, place: 'file' })
      if (included) open.push(included)
      return
    }
    default: {
      const body = bodyOf(loading, open, statement)
      const expand = takeStatement(building, { file, statement, body })
      if (!expand || !value) return
      findTemplate(loading, { value, reading, from: expand.at }, (template) => {
        expand.template = template
      })
    }
  }
}

/** Finds the template of an expand; `set` is called when it is loaded. */
function findTemplate(
  loading: Loading,
  { value, reading, from }: { value: Value; reading: Reading; from: Span },
  set: Setter,
): void {
  const found = findFile(loading, value, reading)
  if (!found) return
  const identity = identityIn(loading, found.path)
  const isNew = !loading.known.has(identity)
  const entry = entryOf(loading, identity)
  if (entry.template) set(entry.template)
  else entry.waiting.push(set)
  if (!isNew) return
  loading.queue.push({ ...found, from: { message: 'expanded here', at: from } })
}

/** What is in the braces of a statement, with the files that are included there. */
function bodyOf(
  loading: Loading,
  outer: readonly Reading[],
  { body = [] }: Statement,
): readonly PlacedStatement[] {
  const current = outer.at(-1)
  if (!current) return []
  const { file } = current
  if (!body.some(({ keyword }) => keyword === 'include')) {
    return body.map((one) => ({ file, statement: one }))
  }
  const taken: PlacedStatement[] = []
  const open: Reading[] = [...outer.slice(0, -1), { ...current, statements: body, next: 0 }]
  for (let reading = open.at(-1); reading && open.length >= outer.length; reading = open.at(-1)) {
    const statement = reading.statements[reading.next]
    reading.next += 1
    if (!statement) open.pop()
    else if (statement.keyword !== 'include') taken.push({ file: reading.file, statement })
    else {
      const included = include(loading, { open, value: statement.values[0], place: 'body' })
      if (included) open.push(included)
    }
  }
  return taken
}

interface Inclusion {
  readonly open: readonly Reading[]
  readonly value: Value | undefined
  readonly place: Place
}

function include(loading: Loading, { open, value, place }: Inclusion): Reading | undefined {
  const reading = open.at(-1)
  if (!reading || !value) return undefined
  const found = findFile(loading, value, reading)
  if (!found) return undefined
  const at = spanIn(reading.file, value)
  const { path } = found
  const identity = identityIn(loading, path)
  loading.included += 1
  // Once: a file may hold a million of these lines.
  if (loading.included > mostIncluded + 1) return undefined
  if (open.some((one) => one.identity === identity) || loading.included > mostIncluded) {
    loading.diagnostics.push(includeLoop([...open], { at, name: found.source.name, identity }))
    return undefined
  }
  const from: Origin = { message: 'included here', at }
  const inherited = searchPlace(directoryOf(path), loading.roots, reading.place.list)
  return readingOf(loading, {
    ...{ file: { source: found.source, from }, path, at, kind: place },
    place: inherited,
  })
}

function includeLoop(
  open: readonly Reading[],
  { at, name, identity }: { at: Span; name: string; identity: string },
): Diagnostic {
  const first = open.findIndex((one) => one.identity === identity)
  const ring = first < 0 ? open.slice(-10) : open.slice(first)
  const chain = [...ring.map(({ file }) => file.source.name), name].join(' -> ')
  const message =
    first < 0
      ? `more than ${mostIncluded} files are included: ${chain}`
      : `files include each other without end: ${chain}`
  const notes = ring
    .slice(1)
    .flatMap((one) =>
      one.at ? [{ message: `${one.file.source.name} is included`, at: one.at }] : [],
    )
  return diagnostic('INCLUDE_LOOP', message, { at, notes, hint: 'remove this line' })
}

function readingOf(
  loading: Loading,
  {
    file,
    path,
    place,
    at,
    kind = 'file',
  }: { file: OpenedFile; path: string; place: SearchPlace; at: Span | undefined; kind?: Place },
): Reading {
  const identity = identityIn(loading, path)
  const key = `${kind} ${identity}`
  let tree = loading.trees.get(key)
  if (!tree) {
    const { value, diagnostics } = parseHierarchy(file.source, kind)
    tree = value
    loading.trees.set(key, tree)
    for (const one of diagnostics) {
      const where = one.at && file.from ? { at: { ...one.at, from: file.from } } : {}
      loading.diagnostics.push({ ...one, ...where })
    }
  }
  return { file, identity, statements: tree.statements, at, place, next: 0 }
}

function findFile(loading: Loading, value: Value, { place, file }: Reading): Wanted | undefined {
  const at = spanIn(file, value)
  const paths = candidatesOf(value.text, place)
  for (const path of value.text === '' ? [] : paths) {
    const read = loading.files.read(path)
    if ('source' in read) return { path, source: read.source, from: undefined }
    if (read.isMissing) continue
    const message = `${path} cannot be read: ${read.reason}`
    loading.diagnostics.push(diagnostic('FILE_UNREADABLE', message, { at }))
    return undefined
  }
  const message = `the file ${JSON.stringify(value.text)} is not found`
  const notes = paths.slice(0, 20).map((path) => ({ message: `searched: ${path}` }))
  const hint = `correct the name, or addpath "<directory of ${value.text}>"`
  loading.diagnostics.push(diagnostic('FILE_NOT_FOUND', message, { at, notes, hint }))
  return undefined
}
