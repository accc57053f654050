import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { type NumericVersion, parseVersion } from '../version/version.ts'

/**
 * Names become parts of paths, of shell lines and of C symbols (`<module>_registerRecord...`), so
 * path characters, quotes, `$` and blanks are refused. Case matters.
 */
export function isModuleName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)
}

/** Nothing for a good name, else a diagnostic that says what is allowed. */
export function checkModuleName(name: string, at?: Span): Diagnostic | undefined {
  if (isModuleName(name)) return undefined
  const hint = 'a module name has letters, digits, "_" and "-", and begins with a letter or "_"'
  return diagnostic('MODULE_NAME_INVALID', `"${name}" is not a module name`, { at, hint })
}

/**
 * Versions become parts of paths and of shell lines too. Directories whose names do not fit are
 * not seen as versions (hidden ones among them, as in require.c).
 */
export function isVersionName(text: string): boolean {
  return /^[A-Za-z0-9_+][A-Za-z0-9_.+~@=:-]*$/.test(text)
}

/**
 * Nothing for a version that says what it is; for who builds it, as tools disagree about others. Real
 * require takes `1.0.0+x` for 0.0.0 (version.c), and `1.0.0-1` was a revision until 3.3.
 *
 * Errors: `VERSION_INVALID`; warning: `VERSION_UNCLEAR`.
 */
export function checkVersionMeaning(text: string, at?: Span): Diagnostic | undefined {
  const version = parseVersion(text)
  if (version.kind === 'numeric') return withLeadingZeros(version, at)
  const [, release, revision] = /^(\d+\.\d+\.\d+)(\+.*)$/.exec(text) ?? []
  if (release !== undefined) {
    const hint = `the next one of ${release}: e3 install --revision auto`
    const message = `"${revision}" of ${text} is no revision: a revision is a number`
    return diagnostic('VERSION_INVALID', message, { at, hint })
  }
  if (!/^v?\d+(\.\d+)*(-\d+)?$/.test(text)) return undefined
  const message = `${text} counts as a test version, which require takes only where it is named`
  const hint = 'numeric versions are MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH+REVISION'
  return diagnostic('VERSION_UNCLEAR', message, { at, hint })
}

/** `01.0.0` is 1.0.0, of which a tree would then have two. */
function withLeadingZeros(
  { text, name, revision }: NumericVersion,
  at: Span | undefined,
): Diagnostic | undefined {
  const plain = revision === undefined ? name : `${name}+${revision}`
  if (plain === text) return undefined
  const message = `${text} is the same version as ${plain}`
  return diagnostic('VERSION_UNCLEAR', message, { at, hint: `write ${plain}` })
}

/** Nothing for a text that can name a version's directory. */
export function checkVersionName(text: string, at?: Span): Diagnostic | undefined {
  if (isVersionName(text)) return undefined
  const hint = 'write MAJOR.MINOR.PATCH, MAJOR.MINOR.PATCH+REVISION or the name of a test version'
  return diagnostic('VERSION_INVALID', `"${text}" cannot be the name of a version`, { at, hint })
}
