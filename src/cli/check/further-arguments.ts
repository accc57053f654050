import type { IocSettings, Settings } from '../../settings/settings.ts'
import type { LaunchRequest } from '../../startup/request.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { resolvePath } from '../../text/paths.ts'
import { expandWords } from '../iocsh/argument-source.ts'
import { parseArguments } from '../iocsh/arguments.ts'
import type { LockChoice } from '../lock/find-lock.ts'

/** What `arguments` of an IOC in the settings say. */
export interface FurtherArguments extends LaunchRequest {
  readonly lock: LockChoice
  /** What `iocsh` would refuse. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads them as `iocsh` does, also from argument files; paths start in the folder of the settings. */
export function furtherArguments(
  { arguments: words }: IocSettings,
  { directory }: Settings,
  reader: SourceReader,
): FurtherArguments {
  const expanded = expandWords(words, (path) => {
    const outcome = reader.read(resolvePath(directory, path))
    return isReadable(outcome) ? outcome.source : outcome
  })
  const { value, diagnostics } = parseArguments(expanded.value)
  const { request, lock } = value
  return {
    ...request,
    modulePaths: request.modulePaths.map(({ text, at }) => ({
      text: text && resolvePath(directory, text),
      at,
    })),
    lock,
    diagnostics: [...expanded.diagnostics, ...diagnostics],
  }
}
