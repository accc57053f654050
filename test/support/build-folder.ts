import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { type Ended, runE3 } from './run-e3.ts'
import { writeTexts } from './write-texts.ts'

/** A folder with modules to build, and a module tree; `remove` it behind the tests. */
export interface BuildFolder {
  readonly directory: string
  readonly path: (name: string) => string
  /** Text of a file; undefined if it does not exist. */
  readonly read: (name: string) => string | undefined
  /** Texts by path; null removes a file. */
  readonly write: (files: Readonly<Record<string, string | null>>) => void
  /** Runs `e3 build <module>` with the tree of this folder. */
  readonly build: (module: string, ...options: string[]) => Promise<Ended>
  /** Copies the stage of a module into the tree. */
  readonly install: (module: string) => void
  readonly remove: () => void
}

/** What `e3 build` makes for this machine: `.e3/linux-x86_64`. */
export const outputFolder: string = `.e3/${machineArchitecture()}`

export function newBuildFolder(files: Readonly<Record<string, string>> = {}): BuildFolder {
  const directory = mkdtempSync(join(tmpdir(), 'e3-build-'))
  const path = (name: string): string => join(directory, name)
  const read = (name: string): string | undefined =>
    existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined
  const write: BuildFolder['write'] = (texts) => writeTexts(directory, texts)
  write({ 'tree/.keep': '', ...files })
  return {
    ...{ directory, path, read, write },
    build: (module, ...options) =>
      runE3(['build', module, '-l', path('tree'), ...options], {
        cwd: directory,
        env: { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '' },
      }),
    install(module) {
      const output = path(`${module}/${outputFolder}`)
      const built = JSON.parse(readFileSync(join(output, 'built.json'), 'utf8'))
      const target = path(`tree/${built.module}/${built.version}`)
      cpSync(join(output, built.stage), target, { recursive: true })
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
