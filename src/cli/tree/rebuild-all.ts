import { join } from 'node:path'
import { temporaryDirectory } from '../../host/temporary-directory.ts'
import { buildStage } from '../../host/tree/build-stage.ts'
import { checkOut, type SourcePlace } from '../../host/tree/find-sources.ts'
import type { RebuildStep } from '../../modules/rebuild-plan.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import type { CommandResult } from '../context.ts'
import { type Installing, installAll } from './install-all.ts'
import { stageRequest } from './stage-request.ts'

/** A module that is to be built again, and from what. */
export interface PlannedStep {
  readonly step: RebuildStep
  readonly source: SourcePlace
}

/** Where it is built and installed. */
export interface Rebuilding extends Installing {
  readonly base: string | undefined
  /** For the builder; the last one is searched first. */
  readonly modulePaths: readonly string[]
  /** Behind a failure: those that do not need what failed. */
  readonly keepsGoing: boolean
  /** The command that goes on from here. */
  readonly again: string
}

/**
 * Builds and installs one module after the other, as each may need those before it. What is installed
 * stays when a later one fails; what is not is told.
 *
 * Errors: those of `buildModule` and `installAll`, `REBUILD_SOURCES`, `REBUILD_INCOMPLETE`.
 */
export async function rebuildAll(
  planned: readonly PlannedStep[],
  rebuilding: Rebuilding,
): Promise<CommandResult> {
  const output: string[] = []
  const diagnostics: Diagnostic[] = []
  const undone = new Map<string, string>()
  for (const { step, source } of planned) {
    const missing = step.pins.find(({ module, after }) => undone.has(`${module} ${after}`))
    const reason = whyNot(missing?.module, undone.size > 0 && !rebuilding.keepsGoing)
    const done = reason === undefined ? await rebuildOne(step, source, rebuilding) : undefined
    diagnostics.push(...(done?.diagnostics ?? []))
    if (done?.output) output.push(done.output)
    const isFailed = done !== undefined && hasErrors(done.diagnostics)
    if (isFailed || reason) undone.set(`${step.module} ${step.to}`, reason ?? 'failed')
  }
  if (undone.size > 0) diagnostics.push(incomplete(planned.length, undone, rebuilding.again))
  return { output: output.join('\n'), diagnostics }
}

function whyNot(missing: string | undefined, isOver: boolean): string | undefined {
  if (missing !== undefined) return `was not tried: it needs ${missing}`
  return isOver ? 'was not tried' : undefined
}

function incomplete(count: number, undone: ReadonlyMap<string, string>, again: string): Diagnostic {
  const message = `${undone.size} of ${count} modules are not built; what is installed stays`
  return diagnostic('REBUILD_INCOMPLETE', message, {
    notes: [...undone].map(([module, reason]) => ({ message: `${module} ${reason}` })),
    hint: `mend it; then this goes on with what is left: ${again}`,
  })
}

async function rebuildOne(
  { module, from, to, pins, kept }: RebuildStep,
  source: SourcePlace,
  rebuilding: Rebuilding,
): Promise<CommandResult> {
  if (source.kind === 'unknown') return { diagnostics: [unknownSource(module, from.text, source)] }
  const { context, base, modulePaths } = rebuilding
  const work = temporaryDirectory('e3-rebuild')
  try {
    const got = await folderOf(source, join(work.path, 'module'), rebuilding)
    if (typeof got !== 'string') return { diagnostics: [got] }
    const built = await buildStage({
      ...stageRequest(context, { folder: got, base, modulePaths }),
      // The stage of a clone is gone when this is read.
      ...(source.kind === 'repository' && { announce: () => {} }),
      version: to,
      // A commit is what was built then; a folder may have gone on.
      ...(source.kind === 'folder' && from.kind === 'numeric' && { sourcesOf: from.name }),
      pins: new Map([
        ...kept.map((line): [string, string] => [line.module, line.version]),
        ...pins.map((pin): [string, string] => [pin.module, pin.after]),
      ]),
    })
    if (hasErrors(built.diagnostics)) return { diagnostics: built.diagnostics }
    return await installAll(built.value, rebuilding)
  } finally {
    work.remove()
  }
}

/** `REBUILD_SOURCES`. */
export function unknownSource(
  module: string,
  version: string,
  { reason }: Extract<SourcePlace, { kind: 'unknown' }>,
): Diagnostic {
  const message = `the sources of ${module} ${version} are not known: ${reason}`
  const hint = 'name a directory with one folder a module: --sources <directory>'
  return diagnostic('REBUILD_SOURCES', message, { hint })
}

async function folderOf(
  source: Exclude<SourcePlace, { kind: 'unknown' }>,
  work: string,
  { context }: Rebuilding,
): Promise<string | Diagnostic> {
  if (source.kind === 'folder') return source.folder
  context.progress(`getting ${source.url}`)
  const failure = await checkOut(source, work, context.env)
  if (failure === undefined) return join(work, source.folder)
  const message = `cannot get ${source.url} at ${source.commit}: ${failure}`
  const hint = '--sources <directory> takes them from there'
  return diagnostic('REBUILD_SOURCES', message, { hint })
}
