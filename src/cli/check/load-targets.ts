import { type LoadedIoc, loadIoc } from '../../check/load/ioc.ts'
import { findSettings } from '../../host/find-settings.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import type { Argument } from '../../startup/request.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { CliContext } from '../context.ts'
import { lockChoice } from '../lock/find-lock.ts'
import { chooseSettings, otherSettings } from './chosen-settings.ts'
import { type Arguments, findInputs } from './inputs.ts'
import { progressLine } from './progress-line.ts'
import { openSession, type Session, surveyTarget } from './session.ts'
import { shownReader } from './shown-reader.ts'
import { withSettings } from './site-settings.ts'
import { type Overlay, withOverlay } from './standard-input.ts'
import { type CheckTarget, targetsOf } from './targets.ts'

/** What commands that show records have in common. */
export interface LoadOptions {
  readonly words: Arguments
  readonly base?: string | undefined
  readonly stdinName?: string | undefined
  readonly cd?: boolean | undefined
  /** False: locks do not count. */
  readonly lock?: boolean | undefined
  /** A lock for each of the IOCs, in their order. */
  readonly locks?: readonly Argument[]
  readonly quiet: boolean
}

/** An IOC with its records. */
export interface LoadedTarget extends LoadedIoc {
  readonly target: CheckTarget
  readonly reader: SourceReader
}

/** All IOCs that were named. */
export interface LoadedTargets {
  readonly loaded: readonly LoadedTarget[]
  readonly session: Session
  readonly overlay: Overlay
  /** What the IOC would call a mistake; no remarks. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Loads what the words name, as the IOCs would, without looking for further mistakes. */
export async function loadTargets(
  { words, quiet, cd: startsInFolder = false, ...options }: LoadOptions,
  { cwd, env, uid, stderr }: Pick<CliContext, 'cwd' | 'env' | 'uid' | 'stderr'>,
): Promise<LoadedTargets> {
  const { requires, modulePaths } = words
  const onDisk = createSourceReader(cwd)
  const inputs = await findInputs(words, { cwd, stdinName: options.stdinName })
  const search = { cwd, uid, reader: onDisk }
  const chosen = chooseSettings(inputs, search)
  const { value: settings, ...site } = findSettings(chosen.folder, search)
  const session = openSession({ env, cwd, base: options.base, settings, modulePaths })
  const named = withSettings(inputs.files, settings, cwd)
  const lock = lockChoice(options.lock)
  const { locks = [] } = options
  const targets = targetsOf(named, {
    ...{ cwd, env, requires, settings, startsInFolder, lock, reader: onDisk },
  }).map((target, index) => withLock(target, locks[index]))
  const line = progressLine(stderr, quiet)
  const files = withOverlay(onDisk, inputs.overlay)
  const loaded = targets.map((target): LoadedTarget => {
    const reader = shownReader(files, `loading ${target.name}`, line.show)
    const { outcome, diagnostics } = surveyTarget(target, session, reader)
    const made = loadIoc({ name: target.name, outcome, reader, dbd: session.base?.dbd })
    return { ...made, target, reader, diagnostics: [...diagnostics, ...made.diagnostics] }
  })
  line.clear()
  const diagnostics = [
    ...site.diagnostics,
    ...otherSettings(chosen, settings, cwd),
    ...session.diagnostics,
    ...inputs.diagnostics,
    ...loaded.flatMap((one) => one.diagnostics),
  ].filter(({ severity }) => severity !== 'info')
  return { loaded, session, overlay: inputs.overlay, diagnostics }
}

function withLock(target: CheckTarget, file: Argument | undefined): CheckTarget {
  return file ? { ...target, lock: { kind: 'named', file } } : target
}
