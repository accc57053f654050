import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckContext } from './context.ts'
import { placeOf } from './libraries.ts'

/**
 * man 8 ld.so: `LD_LIBRARY_PATH` is searched before the RUNPATH of the executable (not before an
 * RPATH), so a folder that another activation left there replaces the libraries of the base.
 */
export function checkLibraryPath(context: CheckContext): Diagnostic[] {
  const { base, files, libraries, libraryPath } = context
  const executable = base.executable ? libraries.read(base.executable)?.value : undefined
  if (!executable || libraryPath.length === 0) return []
  if (executable.runpath.length === 0 && executable.rpath.length > 0) return []
  for (const name of startLibraries(executable.needed, context)) {
    const folder = libraryPath.find((one) => libraries.read(`${one}/${name}`))
    if (folder === undefined) continue
    const path = `${folder}/${name}`
    const own = files.realPath(`${base.libraryDirectory}/${name}`)
    if (files.realPath(path) !== own) return [hijacked(folder, path, context)]
  }
  return []
}

/** Libraries of the base that are loaded with its executable, those that they need among them. */
function startLibraries(
  needed: readonly string[],
  { base, libraries }: CheckContext,
): ReadonlySet<string> {
  const ofBase = (names: readonly string[]) => names.filter((one) => base.libraries.includes(one))
  const found = new Set(ofBase(needed))
  // What is added meanwhile is visited, too.
  for (const name of found) {
    const object = libraries.read(`${base.libraryDirectory}/${name}`)?.value
    for (const one of ofBase(object?.needed ?? [])) found.add(one)
  }
  return found
}

function hijacked(folder: string, path: string, { base }: CheckContext): Diagnostic {
  const message = `LD_LIBRARY_PATH makes ${base.executable} use the libraries in ${folder}`
  return diagnostic('LIBRARY_OTHER_COPY', message, {
    severity: 'warning',
    at: placeOf(path),
    notes: [{ message: `those of the base are in ${base.libraryDirectory}` }],
    hint: `remove ${folder} from LD_LIBRARY_PATH`,
  })
}
