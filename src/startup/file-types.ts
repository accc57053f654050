import { baseName } from '../text/paths.ts'

/** What a file argument becomes in the startup script. */
export type FileKind = 'script' | 'database' | 'substitutions' | 'dbd' | 'library' | 'unsupported'

/** One row a file type: a new type is a row here and a line in `fileLine`. */
const bySuffix: Readonly<Record<string, FileKind>> = {
  '.db': 'database',
  '.dbt': 'database',
  '.template': 'database',
  '.vdb': 'database',
  '.sub': 'substitutions',
  '.subs': 'substitutions',
  '.subst': 'substitutions',
  '.substitutions': 'substitutions',
  '.dbd': 'dbd',
  '.so': 'library',
  '.sch': 'unsupported',
  '.py': 'unsupported',
}

/** The kind of a file by the end of its name; whatever is not in the table is a startup script. */
export function fileKind(path: string): FileKind {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? (bySuffix[path.slice(dot)] ?? 'script') : 'script'
}

/** Whether an IOC needs another form of this database. */
export function isHierarchy(path: string): boolean {
  return path.endsWith('.vdb')
}

/** `x.db` of `dir/x.vdb`: what the flat form is called. */
export function flatName(path: string): string {
  return `${baseName(path).slice(0, -'.vdb'.length)}.db`
}

/** Whether base's build makes this script: paths of the IOC and its modules (convertRelease.pl). */
export function isEnvironmentFile(path: string): boolean {
  return /^envPaths(\.[\w.-]+)?$/.test(baseName(path))
}
