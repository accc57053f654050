import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastGlob from 'fast-glob'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Imports go down only; a folder may always import itself. */
const layers: Record<string, number> = {
  text: 0,
  version: 1,
  macro: 1,
  shell: 1,
  database: 1,
  elf: 1,
  modules: 2,
  startup: 2,
  // The findings on what an IOC will load: databases, macros, commands.
  check: 2,
  // e3.yaml: what a site or a repository says once for all commands.
  settings: 2,
  hierarchy: 2,
  schematic: 2,
  build: 2,
  registry: 2,
  // What e3 smoke expects of an IOC and how it judges and reports it; `host` runs the IOC.
  smoke: 2,
  host: 3,
  cli: 4,
  'index.ts': 5,
}

/** Folders of one layer may not import each other, but for these. */
const siblings: ReadonlySet<string> = new Set([
  'shell > macro',
  'database > macro',
  'startup > modules',
  // dbLoadRecords of a .vdb.
  'startup > hierarchy',
  'check > startup',
  'check > modules',
  // Rules of a site.
  'check > settings',
  // How values of YAML files are read, module.yaml being one.
  'build > settings',
  'build > modules',
])

/** Packages and where they belong; `node:` modules only from `host` upwards. */
const packages: Record<string, readonly string[]> = {
  semver: ['version'],
  yaml: ['settings', 'modules'],
  'fast-glob': ['host'],
  execa: ['host'],
  commander: ['cli'],
  diff: ['cli'],
}

const root = join(import.meta.dirname, '../../src')
const files = fastGlob.sync('**/*.ts', { cwd: root })

test.each(files)('layers: %s', (file) => {
  const folder = file.split('/')[0] ?? ''
  const level = layers[folder]
  expect(level, `folder ${folder} has no layer`).toBeDefined()
  const wrong = importsOf(file).filter(
    (name) => !isAllowed(name, { file, folder, level: level ?? 0 }),
  )
  expect(wrong).toEqual([])
})

test.each(files.filter((file) => (layers[file.split('/')[0] ?? ''] ?? 9) <= 2))(
  'pure: %s',
  (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    expect(text).not.toMatch(/\bprocess\.|\bconsole\.|\bDate\.now\b|\bnew Date\(\)|\bBuffer\b/)
  },
)

interface Importer {
  readonly file: string
  readonly folder: string
  readonly level: number
}

function isAllowed(name: string, { file, folder, level }: Importer): boolean {
  if (name.startsWith('node:')) return level >= 3
  if (!name.startsWith('.')) return packages[name.split('/')[0] ?? '']?.includes(folder) ?? false
  const target = relative(root, join(root, file, '..', name)).split(sep)[0] ?? ''
  if (target === folder) return true
  const targetLevel = layers[target] ?? 99
  return targetLevel < level || siblings.has(`${folder} > ${target}`)
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const { importedFiles } = ts.preProcessFile(text, true, true)
  return importedFiles.map(({ fileName }) => fileName)
}
