import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { anyVersion, parseVersionRequest, type VersionRequest } from '../version/request.ts'
import { checkModuleName, checkVersionName } from './module-name.ts'

/** What somebody asks for: a `require` line, an argument `-r`. */
export interface ModuleRequest {
  readonly module: string
  readonly version: VersionRequest
  readonly at?: Span
  /** `ifexists`: if nothing that fulfils the request is installed, it is skipped. */
  readonly optional?: boolean
  /** For what a lock holds: the command that lets go of these modules. */
  readonly unlock?: Unlock
}

/** The command that replaces the locked versions of modules by what is right today. */
export type Unlock = (modules: readonly string[]) => string

/** A line of a `.dep` file. */
export interface Dependency {
  readonly module: string
  readonly version: VersionRequest
  readonly at: Span
}

/**
 * The request of an option `-r` or the rest of a `require` line without quotes: `asyn,4.42.0`;
 * commas and blanks separate. See `requestOf`.
 */
export function parseRequest(text: string, at?: Span): Result<ModuleRequest | undefined> {
  return requestOf(text.split(/[\s,]+/).filter(Boolean), at)
}

/**
 * The request in the arguments of `require`: module, then a version, `ifexists` or `none`, then
 * macros. require.c: if the second argument contains `=`, it and the third are swapped; `none`
 * loads nothing and is no error. Macros are for PSI's startup snippets, which e3 does not run.
 *
 * Errors: `REQUIRE_MALFORMED` without a module, `MODULE_NAME_INVALID`, `VERSION_INVALID`; warning:
 * `REQUIRE_MACROS_IGNORED`.
 */
export function requestOf(words: readonly string[], at?: Span): Result<ModuleRequest | undefined> {
  const [module = '', second, third] = words
  const asked = second?.includes('=') ? third : second
  const found = checkWords(module, asked, at)
  if (found || asked === 'none') return { value: undefined, diagnostics: found ? [found] : [] }
  const request = { module, ...(at && { at }) }
  return {
    value:
      asked === 'ifexists'
        ? { ...request, version: anyVersion, optional: true }
        : { ...request, version: parseVersionRequest(asked) },
    diagnostics: ignoredMacros(module, words, at),
  }
}

function ignoredMacros(
  module: string,
  [, second, third]: readonly string[],
  at?: Span,
): Diagnostic[] {
  const macros = [second, third].find((word) => word?.includes('='))
  if (macros === undefined) return []
  const message = `the macros "${macros}" of require ${module} have no effect: no snippet is run with them`
  const hint = `load the snippet itself: iocshLoad("$(${module}_DIR)<snippet>.iocsh", "${macros}")`
  return [diagnostic('REQUIRE_MACROS_IGNORED', message, { at, hint })]
}

function checkWords(
  module: string,
  asked: string | undefined,
  at: Span | undefined,
): Diagnostic | undefined {
  if (module === '') {
    const hint = 'write: require <module>, or require <module>,<version>'
    return diagnostic('REQUIRE_MALFORMED', 'require is given no module', { at, hint })
  }
  return checkModuleName(module, at) ?? (asked ? checkVersionName(asked, at) : undefined)
}
