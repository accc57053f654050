import { readSubstitutions } from '../../database/substitutions/substitutions.ts'
import {
  type CommandMacros,
  type TemplateCall,
  templateCalls,
} from '../../database/substitutions/template-calls.ts'
import { isHierarchy } from '../../startup/file-types.ts'
import { findFile } from '../../startup/find-file.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { LoadedFile } from '../../startup/walk-types.ts'
import { withOrigin } from '../../text/span.ts'
import { givenMacros } from './given-macros.ts'
import { msiTemplate, msiTexts } from './msi-template.ts'
import { loadRecords, type RecordLoad } from './records.ts'
import { findIncluded, type LoadState, type Opened, sourceOf, textOf } from './state.ts'

/** The templates of a substitution file; the walk has said which of them do not exist. */
export function loadTemplates(state: LoadState, { file, source, from }: Opened): void {
  const { dialect = 'dbLoadTemplate', reader } = state.input
  const { maxVariables } = state
  const substitutions = readSubstitutions(source, { dialect, maxVariables })
  for (const found of substitutions.diagnostics) {
    state.findings.add({ ...found, ...(found.at && { at: withOrigin(found.at, from) }) })
  }
  const macros = commandMacros(state, file)
  for (const call of templateCalls(substitutions, { macros, maxVariables, from })) {
    for (const item of call.diagnostics) state.findings.add(item)
    const path = file.templates?.get(call.template) ?? templatePath(call.template, file, reader)
    const flat = file.flatTemplates?.get(call.template)
    // What is wrong with a hierarchy that has no flat form has been told.
    const isReadAsIs = path !== undefined && !isHierarchy(path)
    const template = flat ?? (isReadAsIs ? sourceOf(state, path, call.at) : undefined)
    if (template) loadTemplate(state, loadOfCall(call, { file, source: template, from }))
  }
}

/** Substitution files that are looked at alone may be for msi. */
function loadTemplate(state: LoadState, load: RecordLoad): void {
  const { source, from, file, list, given } = load
  const other = state.input.dialect === 'both' ? msiTemplate(source, from) : undefined
  if (!other) {
    loadRecords(state, load)
    return
  }
  state.findings.add(other)
  const texts = msiTexts(source, {
    expand: (one) => textOf(one, list, from),
    open: (name) => findIncluded(state, name, { cwd: file.cwd, at: from.at }),
  })
  state.loads.push({ ...texts, call: file.call, given: given() })
}

/** A template that the walk has not seen, as it reads these files by the rules of dbLoadTemplate. */
function templatePath(
  template: string,
  { cwd, searchPath: path }: LoadedFile,
  reader: SourceReader,
): string | undefined {
  const found = findFile(template, { reader, cwd, path })
  return 'path' in found ? found.path : undefined
}

/** The macros of a `dbLoadTemplate` line. */
function commandMacros(
  { input }: LoadState,
  { macros: list, at, call }: LoadedFile,
): CommandMacros | undefined {
  const word = call.words[2]
  if (!list || !word) return undefined
  const { shown } = input.outcome.places
  return { list, at, definitions: givenMacros({ line: call.line, word, shown }) }
}

function loadOfCall(call: TemplateCall, { file, source }: Opened): RecordLoad {
  const from = { message: 'loaded here', at: call.row }
  return {
    ...{ file, source, from, list: call.macros },
    given: () =>
      call.definitions().flatMap(({ raw, ...one }) => (raw === undefined ? [] : [{ ...one, raw }])),
  }
}
