import { expect, test } from 'vitest'
import type { MsiFiles } from '../../src/database/msi/files.ts'
import { runMsi } from '../../src/database/msi/msi.ts'
import { parseMsiArguments } from '../../src/database/msi/options.ts'
import { fromBytes, toBytes } from '../../src/macro/bytes.ts'
import { readCases } from '../support/conformance.ts'

interface Expected {
  readonly exit: number
  readonly stdout: string
  readonly stderr: readonly string[]
  readonly filesWritten?: Readonly<Record<string, string>>
}

interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly files: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly expect: Expected
}

interface SubstitutionCase extends Pick<Case, 'name' | 'files' | 'env'> {
  readonly msi: Omit<Expected, 'filesWritten'> & { readonly args: readonly string[] }
}

const ofSets = readCases<SubstitutionCase>('substitution', 'macro/substitution.json').map(
  ({ msi: { args, ...expected }, ...row }): Case => ({ ...row, args, expect: expected }),
)

test.each(readCases<Case>('msi', 'macro/msi.json'))('msi: $name', check)
test.each(ofSets)('substitution: $name with msi', check)

function check({ args, files, env = {}, stdin = '', expect: expected }: Case): void {
  const { status, said, written, output } = run({ args, files, env, stdin })
  expect(status).toBe(expected.exit)
  const file = expected.filesWritten?.[output ?? '']
  expect(written).toBe(file ?? expected.stdout)
  expect(said).toBe(expected.stderr.length > 0)
}

function run({ args, files, env = {}, stdin = '' }: Omit<Case, 'name' | 'expect'>) {
  const parsed = parseMsiArguments(args.map(toBytes))
  if (parsed.kind === 'help') return { status: 0, said: true, written: '', output: undefined }
  if (parsed.kind === 'wrong') return { status: 1, said: true, written: '', output: undefined }
  let written = ''
  const machine: MsiFiles = {
    read(path) {
      const text = path === undefined ? stdin : files[path.replace(/^(\.\/)+/, '')]
      return text === undefined ? { reason: 'no such file or directory' } : { text: toBytes(text) }
    },
    write(text) {
      written += text
    },
    variable: (name) => env[name],
  }
  const { status, diagnostics } = runMsi(parsed.options, machine)
  const { output } = parsed.options
  // msi cuts without a word.
  const said = diagnostics.some(({ code }) => !['MACRO_CUT', 'LINE_CUT'].includes(code))
  return { status, said, written: fromBytes(written), output }
}
