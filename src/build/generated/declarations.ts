import { readStatements, type Statement } from '../../database/statements.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'

/** The symbols that a dbd file without includes wants of a library, by kind, each once. */
export interface Declarations {
  /** Names of record types that are defined, not only named with empty braces. */
  readonly recordTypes: readonly string[]
  readonly devices: readonly string[]
  readonly drivers: readonly string[]
  readonly links: readonly string[]
  readonly registrars: readonly string[]
  readonly functions: readonly string[]
  readonly variables: readonly { readonly name: string; readonly type: string }[]
}

/**
 * Reads what has to be registered. Its syntax is checked by others.
 *
 * Errors: `DBD_VALUE` for a name that no C symbol can have; `DBD_VARIABLE_TYPE` for variables that
 * the IOC shell cannot hold (epicsExport.h: int and double).
 */
export function declarationsOf(source: Source): Result<Declarations> {
  const { text } = source
  const { statements } = readStatements(text, { start: 0, end: text.length }, () => {})
  const diagnostics: Diagnostic[] = []
  const symbols = (keyword: string, index = 0): string[] => {
    const found = statements.filter((one) => one.keyword === keyword && !isOnlyNamed(text, one))
    diagnostics.push(...found.flatMap((one) => wrongSymbol(source, one, index) ?? []))
    return [...new Set(found.map(({ values }) => values[index] ?? ''))]
  }
  const value = {
    recordTypes: symbols('recordtype'),
    devices: symbols('device', 2),
    drivers: symbols('driver'),
    links: symbols('link', 1),
    registrars: symbols('registrar'),
    functions: symbols('function'),
    variables: variablesOf(source, statements, diagnostics),
  }
  return { value, diagnostics }
}

/** `recordtype(ai) {}`: the type is another module's. */
function isOnlyNamed(text: string, { body }: Statement): boolean {
  return body !== undefined && text.slice(body.start, body.end).trim() === ''
}

function wrongSymbol(
  source: Source,
  { keyword, values, start, end }: Statement,
  index: number,
): Diagnostic | undefined {
  const name = values[index] ?? ''
  if (/^[A-Za-z_]\w*$/.test(name)) return undefined
  return diagnostic('DBD_VALUE', `"${name}" in ${keyword}(...) cannot be a name in C`, {
    at: spanOf(source, start, end),
    hint: 'letters, digits and "_" only',
  })
}

function variablesOf(
  source: Source,
  statements: readonly Statement[],
  diagnostics: Diagnostic[],
): Declarations['variables'] {
  const found = new Map<string, string>()
  for (const statement of statements.filter(({ keyword }) => keyword === 'variable')) {
    const [name = '', type = 'int'] = statement.values
    const wrong = wrongSymbol(source, statement, 0) ?? wrongType(source, statement, type)
    if (wrong) diagnostics.push(wrong)
    else found.set(name, type)
  }
  return [...found].map(([name, type]) => ({ name, type }))
}

function wrongType(
  source: Source,
  { values, start, end }: Statement,
  type: string,
): Diagnostic | undefined {
  if (type === 'int' || type === 'double') return undefined
  const message = `the variable ${values[0]} is of type ${type}: the IOC shell knows int and double`
  const hint = `variable(${values[0]}, int), and an int in C`
  return diagnostic('DBD_VARIABLE_TYPE', message, { at: spanOf(source, start, end), hint })
}
