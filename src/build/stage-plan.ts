import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import type { ModuleFiles, OtherFile } from './recipe.ts'

/** A file of an installed version, and where it comes from. */
export type StagedFile = OtherFile

/** What a build has made. */
export interface MadeFiles {
  readonly library?: string | undefined
  readonly dbd?: string | undefined
  readonly headers: readonly string[]
  /** Databases made of substitution files. */
  readonly databases: readonly string[]
}

interface StageInput {
  readonly module: string
  readonly arch: string
  readonly files: ModuleFiles
  readonly made: MadeFiles
  readonly licences: readonly OtherFile[]
  readonly others?: readonly OtherFile[] | undefined
}

/**
 * The files of an installed version: `lib/<arch>`, `dbd`, `db` and `include` (without folders below
 * them), scripts beside these. The texts that are made last (`.dep`, meta) are not among them.
 *
 * Errors: `INSTALLED_TWICE` for two files that would be one.
 */
export function stagePlan(input: StageInput): Result<readonly StagedFile[]> {
  const { module, arch, files, made, licences, others = [] } = input
  const into = (folder: string, list: readonly string[]): StagedFile[] =>
    list.map((from) => ({ to: `${folder}${baseName(from)}`, from }))
  const planned = [
    ...(made.library ? [{ to: `lib/${arch}/lib${module}.so`, from: made.library }] : []),
    ...(made.dbd ? [{ to: `dbd/${module}.dbd`, from: made.dbd }] : []),
    ...into('include/', [...files.headers, ...made.headers]),
    ...into('db/', [...files.templates, ...made.databases]),
    ...into('', files.scripts),
    ...licences,
    ...others,
  ]
  return once(planned)
}

function once(planned: readonly StagedFile[]): Result<readonly StagedFile[]> {
  const byTarget = new Map<string, StagedFile>()
  const diagnostics: Diagnostic[] = []
  for (const file of planned) {
    const before = byTarget.get(file.to)
    if (!before) byTarget.set(file.to, file)
    else if (before.from !== file.from) diagnostics.push(twice(before, file))
  }
  return { value: [...byTarget.values()], diagnostics }
}

function twice({ to, from }: StagedFile, other: StagedFile): Diagnostic {
  const message = `${from} and ${other.from} would both be installed as ${to}`
  return diagnostic('INSTALLED_TWICE', message, {
    hint: 'rename one of them, or leave it out of module.yaml',
  })
}
