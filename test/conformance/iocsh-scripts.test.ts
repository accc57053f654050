import { expect, test } from 'vitest'
import { readCases } from '../support/conformance.ts'
import { comparable, recordingShell } from '../support/recording-shell.ts'

interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly main: string
  readonly macros: string | null
  readonly env?: Readonly<Record<string, string>>
  readonly expect: {
    readonly calls: readonly (readonly string[])[]
    readonly stdout: readonly string[]
    readonly stderr: readonly string[]
    readonly return: number
    readonly filesWritten?: Readonly<Record<string, string>>
  }
}

const cases = readCases<Case>('iocsh-scripts', 'macro/iocsh-scripts.json')

test.each(cases)('iocsh-scripts: $name', (row) => {
  const { shell, records, messages, written } = recordingShell({
    files: row.files,
    environment: row.env ?? {},
  })
  const status = shell.load(row.main, row.macros ?? undefined)
  const shown = records.filter(({ hidden }) => !hidden)
  expect(status).toBe(row.expect.return)
  expect(shown.map(({ text }) => text)).toEqual(row.expect.stdout)
  expect(shown.flatMap(({ call }) => (call ? [call.values] : []))).toEqual(row.expect.calls)
  expect(Object.fromEntries(written)).toEqual(row.expect.filesWritten ?? {})
  expect(comparable(messages)).toEqual(comparable(row.expect.stderr))
})
