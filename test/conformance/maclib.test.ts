import { expect, test } from 'vitest'
import { parseDefinitions } from '../../src/macro/definitions.ts'
import { createMacros, expandEnvironment } from '../../src/macro/macros.ts'
import type { MacroOptions } from '../../src/macro/types.ts'
import { warningText } from '../../src/macro/warnings.ts'
import { readCases } from '../support/conformance.ts'

interface Case {
  readonly name: string
  readonly function: 'expand' | 'parse' | 'envexpand'
  readonly input: string
  readonly macros?: string | null
  readonly put?: readonly string[]
  readonly push?: readonly string[]
  readonly undef?: readonly string[]
  readonly warnings?: boolean
  readonly environment?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly cap?: number
  readonly expect: Readonly<Record<string, unknown>>
}

const runners = { expand, parse, envexpand }

test.each(readCases<Case>('maclib', 'macro/maclib.json'))('maclib: $name', (row) => {
  const actual = runners[row.function](row)
  const { messages, ...expected } = row.expect
  expect(actual).toMatchObject(expected)
  if (Array.isArray(messages)) expect(comparable(actual.messages)).toEqual(comparable(messages))
})

function expand(row: Case) {
  const macros = createMacros(options(row, row.environment ?? false))
  if (row.macros) macros.define(row.macros)
  for (const pair of row.put ?? []) {
    const equals = pair.indexOf('=')
    macros.put(pair.slice(0, equals), pair.slice(equals + 1))
  }
  for (const list of row.push ?? []) {
    macros.push()
    macros.define(list)
  }
  for (const name of row.undef ?? []) macros.remove(name)
  const { status, text, ok, warnings } = macros.expand(row.input, row.cap ?? 4096)
  return { status, out: text, ok: ok && status >= 0, messages: warnings.map(warningText) }
}

function parse({ input }: Case) {
  const pairs = parseDefinitions(input).map(({ name, raw }) => [name, raw ?? null])
  return { status: pairs.length, pairs, messages: [] }
}

function envexpand(row: Case) {
  const { text, expansion } = expandEnvironment(row.input, options(row, true))
  return { out: text ?? null, messages: expansion.warnings.map(warningText) }
}

function options(row: Case, environment: boolean): MacroOptions {
  return {
    limits: 'exact',
    warnings: row.warnings ?? true,
    ...(environment && { environment: (name) => row.env?.[name] }),
  }
}

/** The error log cuts lines at 255 bytes; of such messages nothing is compared but the number. */
function comparable(messages: readonly string[]): string[] {
  return messages.map((text) => (text.startsWith('<cut') || text.length > 240 ? '<long>' : text))
}
