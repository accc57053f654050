import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'

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

/** Nothing for a text that can name a version's directory. */
export function checkVersionName(text: string, at?: Span): Diagnostic | undefined {
  if (isVersionName(text)) return undefined
  const hint = 'write MAJOR.MINOR.PATCH, MAJOR.MINOR.PATCH+REVISION or the name of a test version'
  return diagnostic('VERSION_INVALID', `"${text}" cannot be the name of a version`, { at, hint })
}
