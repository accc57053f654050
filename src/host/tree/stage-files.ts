import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'

/** Something in a version's directory or a stage. */
export interface TreeFile {
  /** From the directory, `lib/linux-x86_64/libasyn.so`. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'other'
  readonly isProgram: boolean
  /** Of links: where they lead, as written. */
  readonly target?: string
}

/** All files of a directory, by path; links are not followed. Throws system errors. */
export function filesBelow(directory: string): TreeFile[] {
  const found: TreeFile[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(directory, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path)
      else found.push(treeFile(directory, path))
    }
  }
  visit('')
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function treeFile(directory: string, path: string): TreeFile {
  const status = lstatSync(join(directory, path))
  if (status.isSymbolicLink()) {
    const target = readlinkSync(join(directory, path))
    return { path, kind: 'link', isProgram: false, target }
  }
  const isProgram = (status.mode & 0o100) !== 0
  return { path, kind: status.isFile() ? 'file' : 'other', isProgram }
}

/** The directories that hold what is made for one architecture. */
const ownFolders = ['lib', 'bin'] as const

/** The architecture that a file is made for; nothing for what all have in common. */
export function architectureOfFile(path: string): string | undefined {
  const [folder = '', architecture, ...rest] = path.split('/')
  const isOwn = rest.length > 0 && ownFolders.some((name) => name === folder)
  return isOwn ? architecture : undefined
}

/** SHA-256 of a file, in hexadecimal. Throws system errors. */
export function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** What cannot be installed: devices, pipes, links that leave the directory, other architectures. */
export function unfitFiles(
  files: readonly TreeFile[],
  { directory, architecture }: { readonly directory: string; readonly architecture: string },
): Diagnostic[] {
  return files.flatMap((file) => {
    const reason = unfitReason(file, architecture)
    if (reason === undefined) return []
    const message = `${join(directory, file.path)} cannot be installed: ${reason}`
    return [diagnostic('STAGE_INVALID', message, { hint: 'build the module again: e3 build' })]
  })
}

function unfitReason({ path, kind, target = '' }: TreeFile, wanted: string): string | undefined {
  const architecture = architectureOfFile(path)
  if (kind === 'other') return 'it is neither a file nor a link'
  if (architecture !== undefined && architecture !== wanted) return `it is not for ${wanted}`
  if (kind !== 'link') return undefined
  const leadsTo = normalize(join(dirname(path), target))
  const leaves = target.startsWith('/') || leadsTo === '..' || leadsTo.startsWith('../')
  return leaves ? `it is a link to ${target}, which is not in the module` : undefined
}
