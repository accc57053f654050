import { fromBytes } from '../../macro/bytes.ts'
import { createMacros, expandEnvironment } from '../../macro/macros.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { openBlock } from '../substitutions/compare-dialects.ts'
import { listText } from '../substitutions/definition-text.ts'
import { readSubstitutions } from '../substitutions/substitutions.ts'
import type { Row, Substitutions } from '../substitutions/types.ts'
import { dependencyRule } from './dependencies.ts'
import { defineMacros, expandTemplate } from './expand.ts'
import type { MsiFiles } from './files.ts'
import type { MsiOptions } from './options.ts'
import { type Run, shownSpan, stop } from './state.ts'

/** How msi ended: 0 fine, 1 errors, 2 undefined macros with `-V`. */
export interface MsiResult {
  readonly status: 0 | 1 | 2
  readonly diagnostics: readonly Diagnostic[]
  /** What is wrong for others, of which msi says nothing. */
  readonly unsaid: readonly Diagnostic[]
}

/**
 * Does what msi of EPICS base does, byte for byte in the output (hierarchy-and-macros.md 8): expands
 * a template, or one for each set of a substitution file. What was expanded before an error has been
 * written by then.
 */
export function runMsi(options: MsiOptions, files: MsiFiles): MsiResult {
  const macros = createMacros({ limits: 'bytes', warnings: options.isVerbose })
  const run: Run = {
    ...{
      options,
      files,
      macros,
      diagnostics: [],
      unsaid: [],
      templates: new Map(),
      values: new Map(),
      reported: new Set(),
    },
    rule: options.isDependencies ? dependencyRule(options.output ?? '', files) : undefined,
    ...{ hasUndefined: false, isStopped: false },
  }
  defineMacros(run, options.macros)
  if (options.substitutions === undefined) expandTemplate(run, { name: options.template })
  else expandSets(run, options.substitutions)
  if (!run.isStopped) run.rule?.end()
  const status = run.isStopped ? 1 : run.hasUndefined ? 2 : 0
  return { status, diagnostics: run.diagnostics, unsaid: run.unsaid }
}

function expandSets(run: Run, path: string): void {
  const opened = run.files.read(path)
  if ('reason' in opened) {
    const message = `cannot read the substitution file ${fromBytes(path)}: ${opened.reason}`
    stop(run, diagnostic('FILE_NOT_FOUND', message))
    return
  }
  const source = { name: fromBytes(path), text: opened.text }
  const substitutions = readSubstitutions(source, { dialect: 'msi' })
  const { rows, diagnostics } = substitutions
  const loose = run.options.template === undefined ? substitutions.loosePattern : undefined
  let globals = 0
  const end = substitutions.stop?.rows ?? rows.length
  for (const [number, row] of rows.slice(0, end).entries()) {
    if (number === loose?.rows) break
    for (; globals < row.globals; globals++) {
      const text = substitutions.globals[globals]
      if (text) defineMacros(run, [listText(text, source.text)])
    }
    expandSet(run, substitutions, row)
    if (run.isStopped) return
  }
  if (loose && loose.rows <= end) {
    stop(run, noTemplate(shownSpan({ source, start: loose.start, end: loose.end }), undefined))
    return
  }
  run.diagnostics.push(...diagnostics.map(shown))
  const unsaid = openBlock(substitutions)
  if (unsaid) run.unsaid.push(shown(unsaid))
  if (substitutions.stop) run.isStopped = true
}

/** Places for people: in characters, not in bytes. */
function shown({ at, ...found }: Diagnostic): Diagnostic {
  const message = fromBytes(found.message)
  return { ...found, message, ...(at && { at: shownSpan(at) }) }
}

function expandSet(run: Run, { source }: Substitutions, row: Row): void {
  const at = shownSpan({ source, start: row.start, end: row.end })
  const named = row.template?.name
  const name = run.options.template ?? (named === undefined ? named : expandName(run, named))
  if (name === undefined) {
    stop(run, noTemplate(at, named))
    return
  }
  if (!run.options.isGlobal) run.macros.push()
  defineMacros(run, [listText(row, source.text)])
  expandTemplate(run, { name, from: { message: 'for this set', at } })
  if (!run.options.isGlobal) run.macros.pop()
  run.values.clear()
}

/** msi: with the environment only; nothing if a variable does not exist. */
function expandName({ files }: Run, name: string): string | undefined {
  const environment = (variable: string) => files.variable(variable)
  return expandEnvironment(name, { limits: 'bytes', environment }).text
}

function noTemplate(at: Span, name: string | undefined): Diagnostic {
  return name === undefined
    ? diagnostic('OPTION_VALUE', 'this set has no template file', {
        at,
        hint: 'put the set into file NAME { }, or name the template on the command line',
      })
    : diagnostic('MACRO_UNDEFINED', `the template name ${fromBytes(name)} has an undefined macro`, {
        at,
        hint: 'names of templates take variables of the environment only',
      })
}
