import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Span, spanOf } from '../../text/span.ts'
import { parseVersion } from '../../version/version.ts'
import { isModuleName, isVersionName } from '../module-name.ts'
import {
  type LockedBase,
  type LockedFiles,
  type LockedModule,
  lockedFiles,
  type ModuleLock,
} from './lock.ts'

/** The newest form of the file that this program knows. */
export const lockFormat = 1

/**
 * Reads a lock. A file that is not wholly understood holds nothing: it would be a lock with a hole.
 *
 * Errors: `LOCK_INVALID`.
 */
export function readLock(source: Source): Result<ModuleLock | undefined> {
  const file = parse(source)
  const lock = 'problem' in file ? file : lockOf(file.value, source)
  return 'problem' in lock
    ? { value: undefined, diagnostics: [invalid(lock, source)] }
    : { value: lock, diagnostics: [] }
}

interface Problem {
  readonly problem: string
  readonly at: Span
}

function invalid({ problem, at }: Problem, { name }: Source): Diagnostic {
  return diagnostic('LOCK_INVALID', `the lock ${name} ${problem}`, {
    at,
    hint: `take the last good one from your version control, or remove it and lock again: e3 lock`,
  })
}

function parse(source: Source): { readonly value: unknown } | Problem {
  const { text } = source
  const conflict = /^(?:<{7}|={7}|>{7})/m.exec(text)
  if (conflict) {
    const at = spanOf(source, conflict.index, conflict.index + 7)
    return { problem: 'holds the marks of a merge that is not finished', at }
  }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const place = /at position (\d+)/.exec(String(error))?.[1]
    const start = place === undefined ? Math.max(0, text.length - 1) : Number(place)
    return { problem: 'is not JSON', at: spanOf(source, start, Math.min(text.length, start + 1)) }
  }
}

function lockOf(value: unknown, source: Source): ModuleLock | Problem {
  const top = spanOf(source, 0, Math.min(1, source.text.length))
  if (!isObject(value)) return { problem: 'is not an object', at: top }
  const { format, arguments: words = [], base, requests = [], modules } = value
  if (typeof format === 'number' && format > lockFormat) {
    return { problem: `has format ${format}: it was made by a newer e3`, at: top }
  }
  if (format !== lockFormat) return { problem: `has no "format": ${lockFormat}`, at: top }
  if (!isTexts(words) || !isTexts(requests)) {
    return { problem: 'has "arguments" or "requests" that are no lists of texts', at: top }
  }
  const lockedBase = baseOf(base, source)
  if ('problem' in lockedBase) return lockedBase
  const lockedModules = modulesOf(modules, source)
  if ('problem' in lockedModules) return lockedModules
  return { source, arguments: words, base: lockedBase, requests, modules: lockedModules.value }
}

function baseOf(base: unknown, source: Source): LockedBase | Problem {
  const at = placeOf(source, 'base')
  if (!isObject(base)) return { problem: 'has no "base"', at }
  const { version, arch, libCom } = base
  if (typeof version !== 'string' || typeof arch !== 'string') {
    return { problem: 'tells no "version" and "arch" of the base', at }
  }
  if (libCom !== undefined && !isHash(libCom)) return { problem: 'has a wrong hash of libCom', at }
  return { version, arch, ...(libCom !== undefined && { libCom }), at }
}

function modulesOf(
  modules: unknown,
  source: Source,
): { readonly value: ReadonlyMap<string, LockedModule> } | Problem {
  const start = placeOf(source, 'modules')
  if (!isObject(modules)) return { problem: 'has no "modules"', at: start }
  const found = new Map<string, LockedModule>()
  for (const [name, value] of Object.entries(modules)) {
    const at = placeOf(source, name, start.end)
    const module = moduleOf(name, value, at)
    if ('problem' in module) return module
    found.set(name, module)
  }
  return { value: found }
}

function moduleOf(name: string, value: unknown, key: Span): LockedModule | Problem {
  if (!isModuleName(name)) return { problem: `names a module "${name}"`, at: key }
  if (!isObject(value)) return { problem: `tells nothing about ${name}`, at: key }
  const { version, root } = value
  if (typeof version !== 'string' || !isVersionName(version)) {
    return { problem: `tells no version of ${name}`, at: key }
  }
  if (typeof root !== 'string' || root === '')
    return { problem: `tells no root of ${name}`, at: key }
  const wrong = lockedFiles.find((one) => value[one] !== undefined && !isHash(value[one]))
  if (wrong) return { problem: `has a wrong hash: ${wrong} of ${name}`, at: key }
  const files: LockedFiles = Object.fromEntries(
    lockedFiles.flatMap((one) => (value[one] === undefined ? [] : [[one, value[one]]])),
  )
  return { name, version: parseVersion(version), root, files, at: versionPlace(key, version) }
}

/** The key of an object in the text, from some place on. */
function placeOf(source: Source, key: string, from = 0): Span {
  const word = JSON.stringify(key)
  const pattern = new RegExp(`${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:\\s*\\{`, 'g')
  pattern.lastIndex = from
  const index = pattern.exec(source.text)?.index ?? from
  return spanOf(source, index, Math.min(source.text.length, index + word.length))
}

function versionPlace(key: Span, version: string): Span {
  const { source, end } = key
  const word = JSON.stringify(version)
  const index = source.text.indexOf(word, end)
  return index < 0 ? key : spanOf(source, index, index + word.length)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
