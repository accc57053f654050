import type { Registration } from '../../modules/check/input.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { quoteCommand } from '../../shell/quote.ts'
import type { CommandCall } from '../../shell/types.ts'
import { moduleLines } from '../../startup/require-file.ts'
import type { LoadedFile, WalkEvent } from '../../startup/walk-types.ts'

/** Something in a script that may bring new commands: a module, a library, a dbd, a registration. */
export interface CommandStep {
  /** Place in the events of the walk. */
  readonly event: number
  /** For messages: `module asyn 4.42.0+3`, `library /opt/libx.so`. */
  readonly what: string
  /** Lines for an IOC that shall only tell its commands. */
  readonly lines: readonly string[]
  /** Absolute paths of the files that decide what comes of it. */
  readonly files: readonly string[]
}

/**
 * The steps of a startup script that may bring commands, in order.
 *
 * @param registrations by module name, see `checkModules`
 * @param baseDbd see `moduleLines`
 */
export function commandSteps(
  events: readonly WalkEvent[],
  registrations: ReadonlyMap<string, Registration>,
  baseDbd?: string,
): CommandStep[] {
  return events.flatMap((event, index) => {
    const step = stepOf(event, registrations, baseDbd)
    return step ? [{ ...step, event: index }] : []
  })
}

/**
 * The steps that an IOC must be asked about: all or none. New commands come from shared objects; a
 * dbd file brings none unless its registrars are called, which without a library only
 * `registerAllRecordDeviceDrivers` of base can do. A script that was written for a program of its own
 * needs no IOC to be started for it.
 */
export function askedSteps(steps: readonly CommandStep[]): readonly CommandStep[] {
  const bringsCommands = steps.some(
    ({ files, lines }) =>
      files.some((file) => !file.endsWith('.dbd')) ||
      lines.some((line) => line.startsWith('registerAllRecordDeviceDrivers')),
  )
  return bringsCommands ? steps : []
}

type Step = Omit<CommandStep, 'event'>

function stepOf(
  event: WalkEvent,
  registrations: ReadonlyMap<string, Registration>,
  baseDbd: string | undefined,
): Step | undefined {
  switch (event.kind) {
    case 'module':
      return moduleStep(event.module, registrations, baseDbd)
    case 'load':
      return fileStep(event.file)
    case 'command':
      return registrationStep(event.call)
    case 'init':
      return undefined
  }
}

/** What loads a module; nothing if it has no code. */
export function moduleStep(
  module: ResolvedModule,
  registrations: ReadonlyMap<string, Registration>,
  baseDbd: string | undefined,
): Step | undefined {
  const { name, version, library, dbd } = module
  const lines = moduleLines(module, registrations.get(name), baseDbd)
  const files = [library, dbd].filter((file) => file !== undefined)
  return lines.length > 0 ? { what: `module ${name} ${version.text}`, lines, files } : undefined
}

function fileStep({ kind, path, searchPath, macros }: LoadedFile): Step | undefined {
  if (path === undefined) return undefined
  if (kind === 'library') return step(`library ${path}`, ['dlload', path], path)
  if (kind === 'dbd') {
    return step(`dbd ${path}`, ['dbLoadDatabase', path, searchPath ?? '', macros ?? ''], path)
  }
  return undefined
}

function registrationStep({ name, words }: CommandCall): Step | undefined {
  if (!/(_registerRecordDeviceDriver|^registerAllRecordDeviceDrivers)$/.test(name)) return undefined
  return step(
    name,
    words.map(({ text }) => text),
  )
}

function step(
  what: string,
  [name = '', ...args]: readonly string[],
  file?: string,
): Step | undefined {
  const line = quoteCommand(name, args)
  return line === undefined
    ? undefined
    : { what, lines: [line], files: file === undefined ? [] : [file] }
}
