import { type Dbd, type Named, readDbd } from '../../database/dbd/dbd.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { type CheckContext, dbdPathOf } from './context.ts'
import { placeOf, unreadable } from './libraries.ts'

/**
 * A module's dbd file and the files it includes, each once. Files of base are left out: base
 * registers what is in them itself.
 */
export function readDefinitions(path: string, context: CheckContext): Result<readonly Dbd[]> {
  const found: Dbd[] = []
  const diagnostics: Diagnostic[] = []
  const seen = new Set([path])
  const queue: Wanted[] = [{ path }]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const text = context.files.text(next.path)
    if (text === undefined) {
      diagnostics.push(unreadable(next.path, next.by?.at ?? placeOf(next.path)))
      continue
    }
    const { value: dbd, diagnostics: problems } = readDbd({ name: next.path, text })
    found.push(dbd)
    diagnostics.push(...problems)
    for (const include of dbd.includes) {
      const file = findIncluded(include, dbd, { file: next.path, context })
      if (file === undefined) diagnostics.push(notFound(include, next.path, context))
      else if (!isOfBase(file, context) && !seen.has(file)) queue.push({ path: file, by: include })
      seen.add(file ?? '')
    }
  }
  return { value: found, diagnostics }
}

interface Wanted {
  readonly path: string
  readonly by?: Named
}

interface From {
  readonly file: string
  readonly context: CheckContext
}

function findIncluded(
  { name }: Named,
  { paths }: Dbd,
  { file, context }: From,
): string | undefined {
  if (name.startsWith('/')) return exists(name, context) ? name : undefined
  const added = paths.flatMap(({ entries }) => entries)
  const folders = [...dbdPathOf(file, context), ...added]
  return folders.map((folder) => `${folder}/${name}`).find((path) => exists(path, context))
}

function exists(path: string, { files }: CheckContext): boolean {
  return files.exists(path)
}

function isOfBase(path: string, { base }: CheckContext): boolean {
  return base.dbdDirectory !== undefined && path.startsWith(`${base.dbdDirectory}/`)
}

function notFound({ name, at }: Named, file: string, context: CheckContext): Diagnostic {
  const searched = dbdPathOf(file, context).join(', ')
  return diagnostic('FILE_NOT_FOUND', `${name} is not found, ${file} includes it`, {
    at,
    notes: [{ message: `searched in ${searched}` }],
    hint: 'install the module again with an expanded dbd file',
  })
}
