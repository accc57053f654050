import type { Diagnostic } from './diagnostic.ts'
import { hasErrors } from './diagnostic.ts'
import { countOf } from './finding-list.ts'
import { renderText } from './render.ts'
import { xmlAttribute, xmlContent } from './xml.ts'

/** What was looked at. */
export interface JunitSuite {
  /** The command: `e3 check`. */
  readonly name: string
  /** Names of all files that were checked, each once. */
  readonly files: readonly string[]
  readonly seconds: number
}

/**
 * Diagnostics in the JUnit XML format that CI systems read, piece by piece: a test case a file,
 * which fails if there is an error in it; warnings and information are its output. What has no
 * place is a test case with the name of the command.
 */
export function* renderJunit(
  diagnostics: readonly Diagnostic[],
  { name, files, seconds }: JunitSuite,
): Generator<string> {
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]))
  for (const item of diagnostics) {
    const file = item.at?.source.name ?? name
    const known = byFile.get(file)
    if (known) known.push(item)
    else byFile.set(file, [item])
  }
  const failures = [...byFile.values()].filter(hasErrors).length
  const counts = `tests="${byFile.size}" failures="${failures}" errors="0"`
  const suite = `name="${xmlAttribute(name)}" ${counts} time="${seconds.toFixed(3)}"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${suite}>\n`
  yield `  <testsuite ${suite} skipped="0">\n`
  for (const [file, found] of byFile) yield testCase(file, name, found)
  yield '  </testsuite>\n</testsuites>\n'
}

function testCase(file: string, name: string, found: readonly Diagnostic[]): string {
  const names = `name="${xmlAttribute(file)}" classname="${xmlAttribute(name)}"`
  const open = `    <testcase ${names} time="0"`
  if (found.length === 0) return `${open}/>\n`
  const errors = found.filter(({ severity }) => severity === 'error')
  const others = found.filter(({ severity }) => severity !== 'error')
  return [`${open}>\n`, ...failure(errors), ...output(others), '    </testcase>\n'].join('')
}

/** Schemas allow one failure a test case, so it holds all. */
function failure(errors: readonly Diagnostic[]): string[] {
  const [first] = errors
  if (!first) return []
  const others = errors.reduce((sum, item) => sum + countOf(item), -1)
  const more = others > 0 ? ` (and ${others} more)` : ''
  const attributes = `type="${first.code}" message="${xmlAttribute(first.message + more)}"`
  return [`      <failure ${attributes}>${texts(errors)}</failure>\n`]
}

function output(others: readonly Diagnostic[]): string[] {
  return others.length > 0 ? [`      <system-out>${texts(others)}</system-out>\n`] : []
}

function texts(found: readonly Diagnostic[]): string {
  return xmlContent(found.map((item) => renderText(item)).join('\n'))
}
