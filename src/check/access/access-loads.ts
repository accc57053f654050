import type { CommandCall, Word } from '../../shell/types.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'

/** A reading of an access security file by the IOC. */
export interface AccessLoad {
  /** The `asSetFilename`. */
  readonly call: CommandCall
  readonly name: Word
  /** Of the last `asSetSubstitutions` before it is read. */
  readonly macros: string | undefined
  /** Absolute; the working directory when it is read. */
  readonly cwd: string
}

/**
 * The files of `asSetFilename`, each when `iocInit` or `asInit` reads it (Application Developer's
 * Guide, access security). Without an iocInit in the script it will be added behind.
 */
export function accessLoads(outcome: WalkOutcome): AccessLoad[] {
  const loads: AccessLoad[] = []
  let file: Pick<AccessLoad, 'call' | 'name'> | undefined
  let macros: string | undefined
  let { cwd } = outcome
  const take = () => {
    if (!file || file.name.text === '') return
    const isKnown = loads.some((one) => one.call === file?.call && one.macros === macros)
    if (!isKnown) loads.push({ ...file, macros, cwd })
  }
  let isInitialised = false
  for (const event of outcome.events) {
    if (event.kind === 'init') {
      isInitialised = true
      take()
    }
    if (event.kind !== 'command') continue
    const { call } = event
    cwd = event.cwd
    const [, word] = call.words
    if (call.name === 'asSetFilename' && word) file = { call, name: word }
    else if (call.name === 'asSetSubstitutions') macros = word?.text
    else if (call.name === 'asInit') take()
  }
  if (!isInitialised) take()
  return loads
}
