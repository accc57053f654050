import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { errnoOf, reasonOf, remedyOf } from './errors.ts'
import { templatePath } from './package-root.ts'

/** What can be begun anew. */
export type NewKind = 'module' | 'ioc'

/** What is to be made. */
export interface NewFolder {
  readonly kind: NewKind
  /** Letters, digits and `_`: it stands in names of files and of C functions. */
  readonly name: string
  /** Absolute: the folder that is made. */
  readonly folder: string
}

/**
 * Writes the files of a new module or IOC: those of `templates/new-<kind>` with the name put in. The
 * folder appears with all its files or not at all.
 *
 * @returns the paths of the files, from the folder; or `FILE_UNWRITABLE`
 */
export function writeNewFolder({ kind, name, folder }: NewFolder): string[] | Diagnostic {
  const template = templatePath(`new-${kind}`)
  const draft = join(dirname(folder), `.new-${process.pid}`)
  const files = filesBelow(template)
  try {
    for (const file of files) {
      const target = join(draft, placed(file, name))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, filled(readFileSync(join(template, file), 'utf8'), name))
    }
    chmodSync(draft, 0o777 & ~process.umask())
    // An empty folder is replaced, one with files is not.
    renameSync(draft, folder)
    return files.map((file) => placed(file, name)).sort()
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    return failed(folder, error)
  }
}

function failed(folder: string, error: unknown): Diagnostic {
  const isThere = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errnoOf(error))
  const message = isThere
    ? `${folder} is there already, and nothing in it is replaced`
    : `cannot make ${folder}: ${reasonOf(error)}`
  const hint = isThere ? 'take another name' : remedyOf(error, 'go to a folder you may write to')
  return diagnostic('FILE_UNWRITABLE', message, { hint })
}

/** Packages of npm hold no files such as `.gitignore`: those are called `dot-gitignore` there. */
function placed(file: string, name: string): string {
  return filled(file, name).replace(/(^|\/)dot-/g, '$1.')
}

/** IOCs have names in capital letters. */
function filled(text: string, name: string): string {
  return text.replaceAll('__name__', name).replaceAll('__NAME__', name.toUpperCase())
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name)).map((file) => join(entry.name, file))
      : [entry.name],
  )
}
