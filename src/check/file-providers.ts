import type { FileVersion } from '../modules/file-search.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import { isOffer } from '../text/suggest.ts'
import type { ModuleFacts } from './providers.ts'

/**
 * Adds to the message on a missing file which modules have one of its name: `module simdevice 1.0.0
 * has it, not required`; where only an older version has it, which one. What else the name may have
 * been meant for is then no longer certain, so it is not put right without asking.
 */
export function withFileProviders(
  item: Diagnostic,
  name: string,
  { facts, loaded }: { readonly facts: ModuleFacts; readonly loaded: readonly ResolvedModule[] },
): Diagnostic {
  const providers = facts.filesOf(baseName(name), loaded)
  const ofLoaded = providers.find((one) => loaded.some((module) => module.name === one.module))
  const provider = ofLoaded ?? providers[0]
  // Said once, whoever asks.
  const { fixes, absent: _, ...plain } = item
  if (!provider) return { ...plain, ...(fixes && { fixes }) }
  const version = loaded.find((module) => module.name === provider.module)?.version.text
  const message = noteOn(providers, provider, version)
  const isArgument = item.at?.source.name === '<command line>'
  const advice = adviceOn({ name, isArgument }, provider, version)
  const near = isOffer(item.hint) ? `${item.hint} Or ` : ''
  return { ...plain, notes: [...item.notes, { message }], hint: `${near}${advice}` }
}

/** More modules with the same file are not of help. */
const shown = 3

function noteOn(
  providers: readonly FileVersion[],
  { module, version, newest }: FileVersion,
  loaded: string | undefined,
): string {
  if (loaded === version) return `module ${module} ${version}, which the IOC has, has it`
  if (loaded !== undefined) {
    return `module ${module} ${version} has it, but the IOC has ${module} ${loaded}`
  }
  const names = [...new Set(providers.map((one) => `${one.module} ${one.version}`))].slice(0, shown)
  if (names.length === 1) {
    const older = newest === undefined ? '' : `; ${newest}, the newest, has it not`
    return `module ${names[0]} has it, not required${older}`
  }
  const older = newest === undefined ? '' : '; their newest versions have it not'
  return `modules ${names.join(', ')} have it, not required${older}`
}

function adviceOn(
  { name, isArgument }: MissingName,
  { module, version, newest, kind }: FileVersion,
  loaded?: string,
): string {
  const ofModule = isArgument ? `-r ${module}` : `require ${module}`
  const ofVersion = `${ofModule}${isArgument ? ',' : ' '}${version}`
  if (loaded !== undefined && loaded !== version) return `ask for that version: ${ofVersion}`
  const required = newest !== undefined && loaded === undefined ? ofVersion : ofModule
  if (kind === 'dbd') {
    return `require loads the dbd file of a module, write in place of this: ${required}`
  }
  // Only bare names of files in `db` are searched for; require.c adds that folder to the paths.
  const isSearched = kind === 'db' && !name.includes('/')
  const path = `$(${module}_${kind === 'db' ? 'DB' : 'DIR'})/${baseName(name)}`
  const written = isArgument ? `'${path}'` : `"${path}"`
  if (loaded !== undefined) {
    return isSearched ? `move in front of what wants the file: ${required}` : `write ${written}`
  }
  const add = isArgument ? 'add in front of it' : 'add the line'
  return `${add}: ${required}${isSearched ? '' : `, and write ${written}`}`
}

/** A file that is not there, and whether the command line names it. */
interface MissingName {
  readonly name: string
  readonly isArgument: boolean
}
