import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { architectureOfFile, filesBelow, type TreeFile } from './stage-files.ts'

/**
 * Compares what all architectures of a version have in common: two of them can share a directory
 * only if it is all the same. The description of the build is not: each architecture has its own.
 *
 * Errors: `STAGE_DIFFERS`, one for all files. Throws system errors.
 *
 * @param directory of the version that is installed
 */
export function compareCommonFiles(
  files: readonly TreeFile[],
  { staged, directory }: { readonly staged: StagedModule; readonly directory: string },
): Diagnostic[] {
  const { module, version, architecture } = staged
  const isCommon = ({ path }: TreeFile): boolean =>
    architectureOfFile(path) === undefined && path !== `${module}_meta.yaml`
  const installed = filesBelow(directory)
  const [made, there] = [files, installed].map(
    (all) => new Map(all.filter(isCommon).map((file) => [file.path, file])),
  )
  if (!made || !there) return []
  const paths = [...new Set([...made.keys(), ...there.keys()])].sort()
  const notes = paths.flatMap((path) => {
    const [mine, theirs] = [made.get(path), there.get(path)]
    if (!theirs) return [{ message: `${path} is not installed` }]
    if (!mine) return [{ message: `${path} is installed, but has not been built` }]
    const isSame = contentOf(staged.directory, mine).equals(contentOf(directory, theirs))
    return isSame ? [] : [{ message: `${path} is another file` }]
  })
  if (notes.length === 0) return []
  const hasOthers = installed.some(({ path }) => architectureOfFile(path) !== undefined)
  const others = hasOthers ? 'for other architectures' : 'in its place, without libraries'
  const message = `${module} ${version.text} for ${architecture} is not what is installed ${others}`
  const more = notes.length > shown ? [{ message: `and ${notes.length - shown} more` }] : []
  return [
    diagnostic('STAGE_DIFFERS', message, {
      notes: [...notes.slice(0, shown), ...more, { message: `installed in ${directory}` }],
      hint: hasOthers
        ? 'build it from the same sources, or as the next revision'
        : `if nobody needs it: e3 uninstall ${module} ${version.text}; or build the next revision`,
    }),
  ]
}

const shown = 5

function contentOf(directory: string, { path, kind, target = '' }: TreeFile): Buffer {
  return kind === 'link' ? Buffer.from(`-> ${target}`) : readFileSync(join(directory, path))
}
