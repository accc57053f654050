import { expect, test } from 'vitest'
import { readCases } from '../support/conformance.ts'
import { comparable, recordingShell } from '../support/recording-shell.ts'

interface Case {
  readonly name: string
  readonly line: string
  readonly macros: string | null
  readonly env?: Readonly<Record<string, string>>
  readonly expect: {
    readonly argv: readonly string[] | null
    readonly return: number
    readonly typed?: readonly unknown[] | { readonly raw: string }
    readonly stderr: readonly string[]
  }
}

test.each(readCases<Case>('iocsh-lines', 'macro/iocsh-lines.json'))('iocsh-lines: $name', (row) => {
  const { shell, records, messages } = recordingShell({ environment: row.env ?? {} })
  const status = shell.run(row.line, row.macros ?? '')
  const calls = records.flatMap(({ call, hidden }) => (call && !hidden ? [call] : []))
  expect(status).toBe(row.expect.return)
  expect(calls.find(({ name }) => name === 'args')?.values ?? null).toEqual(row.expect.argv)
  const typed = calls.find(({ name }) => name === 'typed')?.values
  expect(typed && withoutNan(typed)).toEqual(row.expect.typed)
  expect(comparable(messages)).toEqual(comparable(row.expect.stderr))
})

/** JSON has no NaN and no infinity; the data then has the text that C printed. */
function withoutNan(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value !== 'number' || Number.isFinite(value))) return values
  const texts = values.map((value) =>
    typeof value === 'number'
      ? String(value).replace('Infinity', 'inf').toLowerCase()
      : JSON.stringify(value),
  )
  return { raw: `[${texts.join(',')}]` }
}
