import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { StagedFile } from '../../build/stage-plan.ts'
import { removeAny } from '../remove-tree.ts'
import type { FileHashes } from './file-hashes.ts'

/** What is put together as an installed version of a module has it. */
export interface Staging {
  /** Absolute: where `from` of files starts. */
  readonly folder: string
  /** Absolute: `<folder>/.e3/<arch>`. */
  readonly output: string
  readonly files: readonly StagedFile[]
  /** Texts by their path in the stage. */
  readonly texts: ReadonlyMap<string, string>
}

/** The folder of the stage below `output`; see also `built.json` beside it. */
export const stageName = 'stage'

/** All that will be in the stage: texts, and hashes of files. The same stage has the same text. */
export function stageContent({ folder, files, texts }: Staging, hashes: FileHashes): string {
  const hashed = files.map(({ to, from }) => [to, hashes.of(join(folder, from)) ?? 'missing'])
  return JSON.stringify([...hashed, ...texts])
}

/** Makes the stage anew; the old one is there until the new one is complete. Throws system errors. */
export function writeStage({ folder, output, files, texts }: Staging): void {
  const draft = join(output, `${stageName}.new`)
  const stage = join(output, stageName)
  removeAny(draft)
  const targets = [...files.map(({ to }) => to), ...texts.keys()]
  for (const path of new Set(targets.map((to) => dirname(join(draft, to))))) {
    mkdirSync(path, { recursive: true })
  }
  for (const { to, from } of files) {
    copyFileSync(join(folder, from), join(draft, to), constants.COPYFILE_FICLONE)
  }
  for (const [to, text] of texts) writeFileSync(join(draft, to), text)
  removeAny(stage)
  renameSync(draft, stage)
}

/** Another text in a stage that stays; its draft is beside it, as all in the stage is installed. */
export function replaceStaged(
  { output }: Pick<Staging, 'output'>,
  path: string,
  text: string,
): void {
  const place = join(output, stageName, path)
  if (existsSync(place) && readFileSync(place, 'utf8') === text) return
  const draft = join(output, `${path}.new`)
  writeFileSync(draft, text)
  renameSync(draft, place)
}
