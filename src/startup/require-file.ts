import type { Registration } from '../modules/check/input.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import { commandLine, scriptText } from './command-line.ts'
import type { LoadStep, RequireEdit } from './edit.ts'

/**
 * The commands that stand for one `require` line: plain base commands, dependencies first. Nothing
 * of ours is in the IOC (design decision 1).
 *
 * @param registrations - by module name; modules without code have none
 */
export function requireFileText(
  { request, steps, place }: RequireEdit,
  registrations: ReadonlyMap<string, Registration>,
): string {
  const version = request.version.kind === 'named' ? `,${request.version.version.text}` : ''
  const lines = steps.flatMap((step) => stepLines(step, registrations))
  return scriptText([`#- ${place}: require ${request.module}${version}`, ...lines])
}

function stepLines(step: LoadStep, registrations: ReadonlyMap<string, Registration>): string[] {
  const { module, isNew, settings } = step
  const environment = settings.map(([name, value]) =>
    value === undefined
      ? commandLine('epicsEnvUnset', [name])
      : commandLine('epicsEnvSet', [name, value]),
  )
  if (!isNew) return [`#- ${module.name} ${module.version.text} is loaded already`, ...environment]
  const commands = moduleLines(module, registrations.get(module.name))
  return [`#- ${module.name} ${module.version.text}`, ...commands, ...environment]
}

/** The commands that load the code of a module and make its dbd known. */
export function moduleLines(
  { name, library, dbd }: Pick<ResolvedModule, 'name' | 'library' | 'dbd'>,
  registration: Registration | undefined,
): string[] {
  return [
    ...(library ? [commandLine('dlload', [library])] : []),
    ...(dbd ? registrationLines(name, dbd, registration) : []),
  ]
}

function registrationLines(
  name: string,
  dbd: string,
  registration: Registration = 'none',
): string[] {
  switch (registration) {
    case 'none':
      return []
    case 'function':
      return [commandLine('dbLoadDatabase', [dbd]), `${name}_registerRecordDeviceDriver pdbbase`]
    case 'all':
      return [commandLine('dbLoadDatabase', [dbd]), 'registerAllRecordDeviceDrivers pdbbase']
  }
}
