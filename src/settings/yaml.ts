import {
  type Alias,
  isAlias,
  isScalar,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Code } from '../text/codes.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { FileKind } from './shape.ts'

/** A YAML text taken apart; `undefined` if it is empty or too broken to go on with. */
export interface YamlTree {
  readonly root: Node | undefined
  /** What stands for an alias, which is never an alias itself. */
  target(node: Node): Node | undefined
}

/** Nobody writes settings that long; the parser would need many seconds for hostile ones. */
const longest = 256 * 1024
const mostErrors = 10

/**
 * Reads YAML 1.2 with the places of all its parts. Errors: the syntax code of the kind. Keys that stand twice
 * are left to the reader of the tree.
 */
export function readYaml(source: Source, kind: FileKind): Result<YamlTree> {
  const nothing: YamlTree = { root: undefined, target: () => undefined }
  const failed = (message: string, at: Span, hint: string): Result<YamlTree> => ({
    value: nothing,
    diagnostics: [diagnostic(kind.codes.syntax, message, { at, hint })],
  })
  const top = spanOf(source, 0, 0)
  if (source.text.length > longest) {
    return failed(
      `there are more than 256 KiB of text in ${kind.name}`,
      top,
      'write down what differs only',
    )
  }
  try {
    return parse(source, kind)
  } catch (error) {
    // What calls itself for each level is ended by depth.
    if (!(error instanceof RangeError)) throw error
    return failed(tooDeep, top, deepHint)
  }
}

const tooDeep = 'lists and mappings are nested too deeply'
const deepHint = 'lists in lists end after a few levels'

function parse(source: Source, { codes }: FileKind): Result<YamlTree> {
  const document = parseDocument(source.text, {
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: false,
  })
  const all = [...document.errors, ...document.warnings]
  // It is told by each of the levels that are left out.
  const deep = all.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  const problems = deep ? [deep] : all.slice(0, mostErrors)
  const diagnostics = problems.map((problem) => syntaxError(codes.syntax, problem, source))
  const targets = new Map<Node, Node | undefined>()
  const anchors = new Map<string, Node>()
  visit(document, {
    Alias(_key, alias) {
      const target = anchors.get(alias.source)
      targets.set(alias, target)
      if (!target) diagnostics.push(unknownAlias(codes.syntax, alias, source))
    },
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  const { contents } = document
  const isEmpty = !contents || (isScalar(contents) && contents.value === null && !contents.source)
  const target = (node: Node): Node | undefined => (isAlias(node) ? targets.get(node) : node)
  return { value: { root: isEmpty ? undefined : contents, target }, diagnostics }
}

const hints: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  RESOURCE_EXHAUSTION: deepHint,
  BAD_INDENT: 'indent lists and keys of the same level equally, with blanks',
  TAB_AS_INDENT: 'indent with blanks',
  BAD_DQ_ESCAPE: "write regular expressions in single quotes: '\\d+'",
  MULTIPLE_DOCS: 'remove the line "---"',
  MISSING_CHAR: 'put texts with special characters into single quotes',
}

/** What the reader of YAML says to programmers, for users. */
const messages: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  RESOURCE_EXHAUSTION: tooDeep,
  MULTIPLE_DOCS: 'a second document begins here: only the first one counts',
}

function syntaxError(syntax: Code, { code, message, pos }: YAMLError, source: Source): Diagnostic {
  const text = messages[code] ?? message.charAt(0).toLowerCase() + message.slice(1)
  return diagnostic(syntax, text.split('\n')[0] ?? text, {
    at: spanOf(source, pos[0], pos[1]),
    hint: hints[code],
  })
}

function unknownAlias(syntax: Code, node: Alias, source: Source): Diagnostic {
  return diagnostic(syntax, `no text before has the anchor "&${node.source}"`, {
    at: placeOf(node, source),
    hint: 'put a text that begins with "*" into single quotes',
  })
}

/** Where a value is written, without what follows it. */
export function placeOf(node: Node, source: Source): Span {
  const [start = 0, end = start] = node.range ?? []
  return spanOf(source, start, end)
}

/**
 * The text of a scalar as it is written: `off`, `01` and `7.10` mean what they look like. Undefined
 * for lists, mappings and what is empty.
 */
export function textOf(node: Node): string | undefined {
  if (!isScalar(node) || node.value === null || node.value === undefined) return undefined
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
