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
  if (!executable || (executable.runpath.length === 0 && executable.rpath.length > 0)) return []
  const name = executable.needed.find((one) => base.libraries.includes(one))
  const own = files.realPath(`${base.libraryDirectory}/${name}`)
  for (const folder of name === undefined ? [] : libraryPath) {
    const path = `${folder}/${name}`
    if (!libraries.read(path)) continue
    return files.realPath(path) === own ? [] : [hijacked(folder, path, context)]
  }
  return []
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
