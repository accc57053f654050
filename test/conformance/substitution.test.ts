import { describe, expect, test } from 'vitest'
import { readSubstitutions } from '../../src/database/substitutions/substitutions.ts'
import { templateCalls } from '../../src/database/substitutions/template-calls.ts'
import { spanOf } from '../../src/text/span.ts'
import { readCases } from '../support/conformance.ts'

interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly macros: string | null
  readonly dbLoadTemplate?: {
    readonly calls: readonly (readonly [template: string, macros: string])[]
    readonly stderr: readonly string[]
  }
}

const cases = readCases<Case>('substitution', 'macro/substitution.json')

describe('dbLoadTemplate', () => {
  const rows = cases.flatMap(({ dbLoadTemplate, ...row }) =>
    dbLoadTemplate ? [{ ...row, expected: dbLoadTemplate }] : [],
  )
  test.each(rows)('substitution: $name', ({ files, macros: list, expected }) => {
    const source = { name: 's.sub', text: files['s.sub'] ?? '' }
    const substitutions = readSubstitutions(source, { dialect: 'dbLoadTemplate' })
    const macros = list === null ? undefined : { list, at: spanOf(source) }
    const calls = [...templateCalls(substitutions, { macros, exact: true })]
    expect(calls.map((call) => [call.template, call.macros])).toEqual(expected.calls)
    const { diagnostics, stop } = substitutions
    const said = diagnostics.filter(({ at }) => !stop || (at?.start ?? 0) <= stop.at)
    expect(said.length > 0).toBe(expected.stderr.length > 0)
    expect(stop !== undefined).toBe(expected.stderr.some((line) => line.includes('syntax error')))
  })
})
