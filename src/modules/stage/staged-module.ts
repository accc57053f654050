import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'
import { type ModuleVersion, parseVersion } from '../../version/version.ts'
import type { ModuleMeta } from '../meta.ts'
import { checkModuleName, checkVersionName } from '../module-name.ts'

/** A module that was built and waits to be installed, for one architecture. */
export interface StagedModule {
  readonly module: string
  readonly version: ModuleVersion
  readonly architecture: string
  /** Absolute; has the layout of an installed version. */
  readonly directory: string
  /** What the folder of the module does not say itself. */
  readonly choice?: BuildChoice
}

/** What was asked for when a module was built; the same again makes the same. */
export interface BuildChoice {
  /** The version that the module named when it was built as another one. */
  readonly insteadOf?: string
  readonly isDevelopment?: boolean
  readonly searchAll?: boolean
}

/**
 * Reads `built.json`, which a build writes beside its stage.
 *
 * Errors: `STAGE_INVALID`, `MODULE_NAME_INVALID`, `VERSION_INVALID`.
 */
export function readBuilt(source: Source, folder: string): Result<StagedModule | undefined> {
  const value = parse(source.text)
  const { module, version, arch, stage } = value
  const isWhole = [module, version, arch, stage].every((one) => typeof one === 'string')
  if (!isWhole) return failed(invalid(source, 'it has no module, version, arch and stage'))
  const { value: found, diagnostics } = staged({ module, version, arch }, `${folder}/${stage}`)
  return { value: found && { ...found, ...choiceOf(value) }, diagnostics }
}

function choiceOf({ insteadOf, isDevelopment, searchAll }: Facts): Pick<StagedModule, 'choice'> {
  const choice: BuildChoice = {
    ...(typeof insteadOf === 'string' && { insteadOf }),
    ...(isDevelopment === true && { isDevelopment }),
    ...(searchAll === true && { searchAll }),
  }
  return Object.keys(choice).length > 0 ? { choice } : {}
}

/** The same from the meta file in the stage, if that is all there is. */
export function stagedByMeta(
  { module, version, arch }: ModuleMeta,
  source: Source,
  directory: string,
): Result<StagedModule | undefined> {
  if (!module || !version || !arch) {
    return failed(invalid(source, 'it has no module, version and arch'))
  }
  return staged({ module, version, arch }, directory)
}

interface Facts {
  readonly module?: unknown
  readonly version?: unknown
  readonly arch?: unknown
  readonly stage?: unknown
  readonly insteadOf?: unknown
  readonly isDevelopment?: unknown
  readonly searchAll?: unknown
}

function parse(text: string): Facts {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function staged(
  { module, version, arch }: Facts,
  directory: string,
): Result<StagedModule | undefined> {
  const [name, text, architecture] = [String(module), String(version), String(arch)]
  const wrong = [checkModuleName(name), checkVersionName(text), checkArchitecture(architecture)]
  const diagnostics = wrong.filter((one) => one !== undefined)
  const value = { module: name, version: parseVersion(text), architecture, directory }
  return { value: diagnostics.length > 0 ? undefined : value, diagnostics }
}

/** It becomes a part of paths too. */
function checkArchitecture(name: string): Diagnostic | undefined {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return undefined
  return diagnostic('STAGE_INVALID', `"${name}" is not the name of an architecture`, {
    hint: 'build the module again',
  })
}

function invalid(source: Source, reason: string): Diagnostic {
  return diagnostic('STAGE_INVALID', `${source.name} does not describe a built module: ${reason}`, {
    at: spanOf(source, 0, 0),
    hint: 'build the module again: e3 build',
  })
}

function failed(problem: Diagnostic): Result<undefined> {
  return { value: undefined, diagnostics: [problem] }
}
