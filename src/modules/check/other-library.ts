import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { ModuleLibrary } from '../installed-libraries.ts'
import type { CheckContext } from './context.ts'
import type { OtherLibrary } from './input.ts'
import { placeOf } from './libraries.ts'
import { loadLibrary, openLibrary } from './load.ts'
import { searchedIn, searchLibrary } from './needed.ts'
import { fileNameOf } from './paths.ts'
import { callerOfDlopen } from './search-path.ts'

/** A library that a `dlload` line or `LD_PRELOAD` brings in: it must not be a module's other copy. */
export function checkOther(other: OtherLibrary, context: CheckContext): readonly Diagnostic[] {
  return other.path.includes('/') ? checkFile(other, context) : checkNamed(other, context)
}

/** man 3 dlopen: a name without a slash is searched for, unless such a library is loaded already. */
function checkNamed(other: OtherLibrary, context: CheckContext): readonly Diagnostic[] {
  const { path: name, at } = other
  const { image } = context
  if (image.find(name)) return []
  const { found, tried } = searchLibrary(name, callerOfDlopen(context), context)
  if (!found) return [notFound(name, at, { tried, planned: context.moduleLibraries.get(name) })]
  if (found.from !== 'system') return checkFile({ ...other, path: found.path }, context)
  image.add([name, found.object()?.soname ?? name], found)
  return []
}

function checkFile(other: OtherLibrary, context: CheckContext): readonly Diagnostic[] {
  const { path, at: from, isPreloaded = false } = other
  const planned = context.moduleLibraries.get(fileNameOf(path))
  if (planned && context.files.realPath(planned.path) !== context.files.realPath(path)) {
    return [otherCopy(other, planned, context)]
  }
  if (isPreloaded) return []
  const at = placeOf(path, from)
  const { object, diagnostics } = openLibrary(path, at, context)
  return object ? loadLibrary({ path, object, owner: path, at }, context) : diagnostics
}

function otherCopy(
  { path, at = placeOf(path), isPreloaded }: OtherLibrary,
  { module, version, path: own }: ModuleLibrary,
  { image }: CheckContext,
): Diagnostic {
  const first = !isPreloaded && image.find(own) ? own : path
  const goesTo = { message: `both would be loaded, and calls go to the first one: ${first}` }
  if (isPreloaded) {
    const message = `${path} is another copy of the library of ${module} ${version}`
    const hint = `take it out of LD_PRELOAD, require ${module},${version} loads the library`
    return diagnostic('LIBRARY_OTHER_COPY', message, { at, notes: [goesTo], hint })
  }
  const name = fileNameOf(path)
  const message = `${name} is loaded a second time: module ${module} ${version} brings its own`
  return diagnostic('LIBRARY_TWICE', message, {
    at,
    notes: [{ message: `loaded here: ${path}` }, { message: `of the module: ${own}` }, goesTo],
    hint: 'remove the dlload line, or require the version of the module that you want',
  })
}

interface Search {
  readonly tried: readonly string[]
  readonly planned: ModuleLibrary | undefined
}

function notFound(name: string, at: Span | undefined, { tried, planned }: Search): Diagnostic {
  const hint = planned
    ? `remove the line: require ${planned.module} loads it`
    : `write its path, as in dlload ./${name}, or put its folder into LD_LIBRARY_PATH`
  return diagnostic('LIBRARY_NOT_FOUND', `${name} is not installed, a dlload line names it`, {
    at,
    notes: [searchedIn(tried)],
    hint,
  })
}
