import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DefinitionFile, GeneratedTexts } from '../../build/generated/generated-texts.ts'
import { isFile } from '../is-file.ts'

/** Where the dbd files of a module, and those that they include, are found. */
export interface DefinitionPlaces {
  /** Absolute: that of the module. */
  readonly folder: string
  /** From there. */
  readonly dbds: readonly string[]
  /** Absolute folders of the modules that are required, then of base. */
  readonly others: readonly string[]
}

/** Absolute folders in the order of the search. */
export function definitionPath({ folder, dbds, others }: DefinitionPlaces): string[] {
  const own = dbds.map((file) => join(folder, dirname(file)))
  return [...new Set([folder, ...own, ...others])]
}

/** Finds dbd files as `definitionPath` says. */
export function definitionFinder(
  places: DefinitionPlaces,
): (name: string) => DefinitionFile | undefined {
  const path = definitionPath(places)
  return (name) => {
    const found = path.map((one) => join(one, name)).find(isFile)
    if (found === undefined) return undefined
    const isOwn = found.startsWith(`${places.folder}/`)
    return { path: found, text: readFileSync(found, 'utf8'), isOwn }
  }
}

/**
 * Writes generated texts. Files that would be written as they are stay untouched; what was generated
 * before and is no longer is removed. Throws system errors.
 *
 * @param folder - absolute, that of the module
 * @param output - from there
 */
export function writeGenerated(folder: string, output: string, { texts }: GeneratedTexts): void {
  for (const part of ['generated', 'include']) {
    const directory = join(folder, output, part)
    mkdirSync(directory, { recursive: true })
    for (const name of readdirSync(directory)) {
      if (texts.has(`${output}/${part}/${name}`)) continue
      rmSync(join(directory, name), { recursive: true })
    }
  }
  for (const [path, text] of texts) writeIfChanged(join(folder, path), text)
}

/** Leaves a file as it is that has this text. Throws system errors. */
export function writeIfChanged(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}
