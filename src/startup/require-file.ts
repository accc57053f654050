import type { Registration } from '../modules/check/input.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import { directoryOf } from '../text/paths.ts'
import { printable } from '../text/printable.ts'
import type { ShellFeatures } from './base-features.ts'
import { commandLine, scriptText } from './command-line.ts'
import type { LoadStep, RequireEdit } from './edit.ts'

/** What the commands for a `require` line depend on beside the line. */
export interface RequireFileOptions {
  /** By module name; modules without code have none. */
  readonly registrations: ReadonlyMap<string, Registration>
  /** See `moduleLines`. */
  readonly baseDbd: string
  readonly shell: Pick<ShellFeatures, 'errorMode'>
}

/**
 * The commands that stand for one `require` line: plain base commands, dependencies first. Nothing
 * of ours is in the IOC (design decision 1).
 */
export function requireFileText(
  edit: RequireEdit,
  { registrations, baseDbd, shell }: RequireFileOptions,
): string {
  const { request, steps, place } = edit
  const version = request.version.kind === 'named' ? `,${request.version.version.text}` : ''
  const lines = steps.flatMap((step) =>
    stepLines(step, registrations.get(step.module.name), baseDbd),
  )
  const mode = shell.errorMode ? errorModeLines(edit) : []
  const comment = `#- ${printable(place)}: require ${request.module}${version}`
  return scriptText([comment, ...mode, ...lines])
}

/**
 * An IOC without one of its modules must not run (require.c ends it). No command of base ends an IOC
 * from within a script, so it halts before anything else is done. Where the user has set a mode for
 * errors, the line is an error like any other and the mode decides.
 */
function errorModeLines({ steps, hasErrorMode }: RequireEdit): string[] {
  if (!steps.some(({ isNew, module }) => isNew && module.library)) return []
  return [hasErrorMode ? 'on error break' : 'on error halt']
}

function stepLines(
  { module, isNew, settings }: LoadStep,
  registration: Registration | undefined,
  baseDbd: string,
): string[] {
  const environment = settings.map(([name, value]) =>
    value === undefined
      ? commandLine('epicsEnvUnset', [name])
      : commandLine('epicsEnvSet', [name, value]),
  )
  if (!isNew) return [`#- ${module.name} ${module.version.text} is loaded already`, ...environment]
  const commands = moduleLines(module, registration, baseDbd)
  return [`#- ${module.name} ${module.version.text}`, ...commands, ...environment]
}

/**
 * The commands that load the code of a module and make its dbd known. What the dbd includes is
 * searched beside it and in base, as `e3 check` does: without a path dbLoadDatabase looks into the
 * working directory only.
 *
 * @param baseDbd - the dbd file of base's executable; the others of base are beside it
 */
export function moduleLines(
  { name, library, dbd }: Pick<ResolvedModule, 'name' | 'library' | 'dbd'>,
  registration: Registration = 'none',
  baseDbd?: string,
): string[] {
  const code = library ? [commandLine('dlload', [library])] : []
  if (!dbd || registration === 'none') return code
  const folders = [dbd, ...(baseDbd ? [baseDbd] : [])].map(directoryOf)
  const definitions = commandLine('dbLoadDatabase', [dbd, folders.join(':')])
  return [...code, definitions, `${registrationOf(name, registration)} pdbbase`]
}

function registrationOf(name: string, registration: 'function' | 'all'): string {
  return registration === 'all'
    ? 'registerAllRecordDeviceDrivers'
    : `${name}_registerRecordDeviceDriver`
}
