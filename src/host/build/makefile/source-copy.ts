import {
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { diagnostic } from '../../../text/diagnostic.ts'
import { BuildFailure } from '../failure.ts'
import { hashOf } from '../file-hashes.ts'
import { makeEnvironment } from '../make.ts'

/** What is copied. Paths are absolute. */
export interface CopyRequest {
  readonly sources: string
  readonly makefile: { readonly name: string; readonly text: string }
  readonly patches: readonly string[]
  /** Where the copy goes: a folder of the name of the sources in it. */
  readonly output: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Keeps a copy of the sources of a module, with its makefile in it as e3 does, and with its patches
 * applied: rules of makefiles write where they like, and the sources stay as they are. Beside it,
 * links to what is beside the sources (`../iocsh`). What is as before is not copied again.
 *
 * @returns the folder of the copy
 *
 * Throws `PATCH_FAILED`, `PREREQUISITE_MISSING`, and system errors.
 */
export async function copySources(request: CopyRequest): Promise<string> {
  const { sources, makefile, patches, output } = request
  const copy = join(output, basename(sources))
  const record = `${output}.json`
  const files = filesBelow(sources)
  const state = {
    files: Object.fromEntries(files.map(({ path, stamp }) => [path, stamp])),
    patches: hashOf(['', ...patches.map((path) => readFileSync(path))]),
  }
  const before = readState(record)
  rmSync(record, { force: true })
  // A patched file has no counterpart any more: all anew.
  const isUsable = before !== undefined && before.patches === state.patches
  if (!isUsable || (patches.length > 0 && !isSame(before.files, state.files))) {
    rmSync(output, { recursive: true, force: true })
    copyFiles(sources, copy, files)
    linkNeighbours(sources, output)
    for (const patch of patches) await applyPatch(copy, patch, request.env)
  } else {
    copyFiles(
      sources,
      copy,
      files.filter(({ path, stamp }) => before.files[path] !== stamp),
    )
    for (const path of Object.keys(before.files)) {
      if (!Object.hasOwn(state.files, path)) rmSync(join(copy, path), { force: true })
    }
  }
  writeChanged(join(copy, makefile.name), makefile.text)
  writeFileSync(record, JSON.stringify(state))
  return copy
}

interface CopiedFile {
  readonly path: string
  /** Another one when the file is another one. */
  readonly stamp: string
}

function filesBelow(root: string, folder = ''): CopiedFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === '.git' || entry.name === '.e3' || entry.name.startsWith('O.')) return []
    if (entry.isDirectory()) return filesBelow(root, path)
    if (!entry.isFile() && !entry.isSymbolicLink()) return []
    const { size, mtimeMs, mode } = lstatSync(join(root, path))
    return [{ path, stamp: `${size} ${mtimeMs} ${mode}` }]
  })
}

function copyFiles(sources: string, copy: string, files: readonly CopiedFile[]): void {
  mkdirSync(copy, { recursive: true })
  for (const { path } of files) {
    const [from, to] = [join(sources, path), join(copy, path)]
    mkdirSync(dirname(to), { recursive: true })
    rmSync(to, { force: true })
    const stat = lstatSync(from)
    if (stat.isSymbolicLink()) symlinkSync(resolve(dirname(from), readlinkSync(from)), to)
    else {
      copyFileSync(from, to, constants.COPYFILE_FICLONE)
      utimesSync(to, stat.atime, stat.mtime)
    }
  }
}

function linkNeighbours(sources: string, output: string): void {
  const parent = dirname(sources)
  for (const name of namesIn(parent)) {
    if (name === '.git' || name === '.e3' || name === basename(sources)) continue
    symlinkSync(join(parent, name), join(output, name))
  }
}

/** Who may not list the folder above the module has no links to it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** `name.p0.patch`: so many folders are cut off its paths; git's patches have one. */
async function applyPatch(copy: string, patch: string, env: CopyRequest['env']): Promise<void> {
  const strip = /\.p(\d)\.patch$/.exec(patch)?.[1] ?? '1'
  const args = ['--batch', '--forward', '--ignore-whitespace', '--no-backup-if-mismatch']
  const { execa } = await import('execa')
  const run = await execa('patch', [...args, `-p${strip}`, '-d', copy, '-i', patch], {
    ...{ env: makeEnvironment(env), extendEnv: false, stdin: 'ignore', reject: false, all: true },
  })
  if (run.exitCode === 0) return
  if (run.code === 'ENOENT') {
    const hint = 'apt install patch (Debian, Ubuntu) or dnf install patch (RHEL, Alma, Rocky)'
    const message = 'sources cannot be patched: there is no program patch'
    throw new BuildFailure([diagnostic('PREREQUISITE_MISSING', message, { hint })])
  }
  const lines = `${run.all}`.split('\n').filter((line) => line.trim() !== '')
  throw new BuildFailure([
    diagnostic('PATCH_FAILED', `the patch ${patch} does not fit the sources`, {
      notes: lines.slice(0, 5).map((message) => ({ message })),
      hint: 'are the sources at the version that it was made for?',
    }),
  ])
}

interface CopyState {
  readonly files: Readonly<Record<string, string>>
  readonly patches: string
}

/** Undefined if it is missing, or not one that was written here: all is copied anew then. */
function readState(path: string): CopyState | undefined {
  try {
    const state: Partial<CopyState> | null = JSON.parse(readFileSync(path, 'utf8'))
    const { files, patches } = state ?? {}
    if (typeof files !== 'object' || typeof patches !== 'string') return undefined
    return { files, patches }
  } catch {
    return undefined
  }
}

function isSame(a: CopyState['files'], b: CopyState['files']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** An unchanged makefile keeps its time: what depends on it is not made again. */
export function writeChanged(path: string, text: string): void {
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  if (isThere && readFileSync(path, 'utf8') === text) return
  rmSync(path, { force: true })
  writeFileSync(path, text)
}
