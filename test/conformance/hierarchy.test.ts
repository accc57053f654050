import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDefinitions } from '../../src/database/definitions/definitions.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import { flatten } from '../../src/hierarchy/flatten.ts'
import { createSourceReader } from '../../src/host/source-reader.ts'
import { hasErrors } from '../../src/text/diagnostic.ts'
import { dataFolder, readSkipped } from '../support/conformance.ts'

interface Case {
  readonly name: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly tool: { readonly expected: string | null }
  readonly design?: { readonly expected: string | null; readonly outcome: string }
}

const root = join(dataFolder, 'hierarchy')
const skipped = readSkipped('hierarchy')
const names = readdirSync(root).filter(
  (name) => existsSync(join(root, name, 'case.json')) && !(name in skipped),
)

test.each(names)('hierarchy: %s', (name) => {
  const folder = join(root, name)
  const row: Case = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'))
  const { text, isRefused } = run(row, folder)
  const expected = expectedOf(row)
  if (expected === 'free') return
  expect(isRefused).toBe(expected === undefined)
  if (expected === undefined) expect(text).toBe('')
  else expect(essence(text)).toBe(essence(readFileSync(join(folder, expected), 'utf8'), folder))
})

/** The file that is expected, nothing for an error, or whatever there is where nothing is said. */
function expectedOf({ tool, design }: Case): string | undefined {
  if (!design) return tool.expected ?? undefined
  if (design.expected !== null) return design.expected
  return design.outcome.includes('error') && !/may as well/.test(design.outcome)
    ? undefined
    : 'free'
}

function run({ command, env }: Case, folder: string): { text: string; isRefused: boolean } {
  const cwd = folder
  const files = createSourceReader(cwd)
  const path = join(cwd, command.find((word) => word.endsWith('.vdb')) ?? '')
  const read = files.read(path)
  if (!('source' in read)) return { text: '', isRefused: true }
  const includePath = env['EPICS_DB_INCLUDE_PATH']?.replaceAll('@IN@', join(folder, 'in'))
  const definitions = command.includes('-d') ? readDefinitions() : undefined
  const { value, diagnostics } = flatten({
    top: { path, source: read.source, from: undefined },
    ...{ files, roots: { cwd, includePath }, macros: new Map() },
    options: {
      ...{ definitions, dropDefaults: definitions !== undefined },
      globalMacros: command.includes('--enable-global-macros'),
      capfastNames: command.includes('--enable-capfast'),
    },
  })
  return { text: value.pieces.join(''), isRefused: hasErrors(diagnostics) }
}

function readDefinitions() {
  const source = { name: 'mini.dbd', text: readFileSync(join(root, 'mini.dbd'), 'utf8') }
  const { text } = loadText(source, { macros: { list: '' }, limits: 'off' })
  const definitions = createDefinitions()
  // Its string fields have no sizes; a base would complain, here only their names count.
  definitions.load({ text, path: [], open: () => undefined })
  return definitions
}

/** Without what does not count: lines of layout, empty lines, the blank in end markers. */
function essence(text: string, folder = ''): string {
  return text
    .replaceAll('@IN@', join(folder, 'in'))
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#!'))
    .map((line) => line.replace(/^# end\(/, '# end ('))
    .join('\n')
}
