import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StagedModule } from '../../src/modules/stage/staged-module.ts'
import { parseVersion } from '../../src/version/version.ts'

/** Writes files by path; a text that begins with `-> ` makes a link. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const place = join(directory, path)
    mkdirSync(dirname(place), { recursive: true })
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), place)
    else writeFileSync(place, text)
  }
}

export interface StageSpec {
  readonly version?: string
  readonly architecture?: string
  /** More files, or others; an empty text is an empty file. */
  readonly files?: Readonly<Record<string, string>>
}

/** A stage of a module `asyn` without code, in a folder of its own. */
export function writeStage(folder: string, spec: StageSpec = {}): StagedModule {
  const { version = '1.0.0', architecture = 'linux-x86_64', files = {} } = spec
  const directory = join(folder, `${version}-${architecture}-${++serial}`)
  writeFiles(directory, {
    [`lib/${architecture}/asyn.dep`]: '# none\n',
    'db/asyn.db': 'record(ai, "A") {}\n',
    'asyn_meta.yaml': `module: asyn\nversion: "${version}"\narch: ${architecture}\n`,
    ...files,
  })
  return { module: 'asyn', version: parseVersion(version), architecture, directory }
}

let serial = 0

/** Paths of all files below a directory, links among them. */
export function pathsBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
}
