import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readMeta } from '../../modules/meta.ts'
import { readBuilt, type StagedModule, stagedByMeta } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { isMissing, reasonOf } from '../errors.ts'

/**
 * What has been built in the folder of a module: one stage an architecture, in
 * `.e3/<arch>/stage`, described by `.e3/<arch>/built.json`.
 *
 * Errors: `MODULE_NOT_BUILT`, `STAGE_INVALID`.
 *
 * @param architectures only these; none given: all
 */
export function stagesOf(
  folder: string,
  architectures: readonly string[],
): Result<readonly StagedModule[]> {
  const built = builtIn(folder)
  const wanted = architectures.length > 0 ? architectures : built
  const missing = wanted.filter((name) => !built.includes(name))
  if (wanted.length === 0 || missing.length > 0) {
    return { value: [], diagnostics: [notBuilt(folder, missing)] }
  }
  const results = wanted.map((name) => readStage(join(folder, '.e3', name)))
  return {
    value: results.flatMap(({ value }) => value ?? []),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** The same, as far as it can be read: for who builds it again. */
export function stagesIn(folder: string): readonly StagedModule[] {
  return builtIn(folder).flatMap((name) => readStage(join(folder, '.e3', name)).value ?? [])
}

function builtIn(folder: string): string[] {
  return listNames(join(folder, '.e3')).filter((name) =>
    existsSync(join(folder, '.e3', name, 'built.json')),
  )
}

/**
 * A stage that is given by its own directory, described by the meta file in it.
 *
 * Errors: `STAGE_INVALID`.
 */
export function stageIn(directory: string): Result<StagedModule | undefined> {
  const [name, ...others] = listNames(directory).filter((one) => one.endsWith('_meta.yaml'))
  if (name === undefined || others.length > 0) {
    const message = `${directory} is no built module: it has not one file <module>_meta.yaml`
    const hint = 'name the folder of a module that "e3 build" has built, or its stage'
    return { value: undefined, diagnostics: [diagnostic('STAGE_INVALID', message, { hint })] }
  }
  return reading(join(directory, name), (source) => {
    const { value, diagnostics } = readMeta(source)
    return value ? stagedByMeta(value, source, directory) : { value: undefined, diagnostics }
  })
}

function readStage(place: string): Result<StagedModule | undefined> {
  return reading(join(place, 'built.json'), (source) => readBuilt(source, place))
}

function reading<T>(
  path: string,
  read: (source: { name: string; text: string }) => Result<T | undefined>,
): Result<T | undefined> {
  try {
    return read({ name: path, text: readFileSync(path, 'utf8') })
  } catch (error) {
    const message = `${path} cannot be read: ${reasonOf(error)}`
    const hint = `ls -l ${path}`
    return { value: undefined, diagnostics: [diagnostic('STAGE_INVALID', message, { hint })] }
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function notBuilt(folder: string, missing: readonly string[]): Diagnostic {
  const what = missing.length > 0 ? ` for ${missing.join(', ')}` : ''
  return diagnostic('MODULE_NOT_BUILT', `${basename(folder)} is not built${what}`, {
    notes: [{ message: `looked for ${join(folder, '.e3/<arch>/built.json')}` }],
    hint: `e3 build ${folder}`,
  })
}
