import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Version of an EPICS base, from its `configure/CONFIG_BASE_VERSION`. */
export interface BaseVersion {
  /** `7.0.8.1` or `7.0.10.1-DEV`: a fourth part of 0 is left out, as base prints it. */
  readonly text: string
  /** Version, revision, modification, patch level. */
  readonly parts: readonly [number, number, number, number]
  /** `-DEV`, `-rc1` or empty. */
  readonly snapshot: string
  /** What a site adds; empty in most bases. */
  readonly site: string
}

/** Reads `<base>/configure/CONFIG_BASE_VERSION`; undefined if it is missing or says nothing. */
export function readBaseVersion(directory: string): BaseVersion | undefined {
  try {
    const path = join(directory, 'configure', 'CONFIG_BASE_VERSION')
    return parseBaseVersion(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Reads the text of a `CONFIG_BASE_VERSION`. All numbers are decimal: `08` is eight, where a shell
 * script would take it for a broken octal number.
 */
export function parseBaseVersion(text: string): BaseVersion | undefined {
  const values = assignmentsOf(text)
  const number = (name: string): number => Number.parseInt(values.get(name) ?? '', 10)
  const version = number('EPICS_VERSION')
  const revision = number('EPICS_REVISION')
  if (Number.isNaN(version) || Number.isNaN(revision)) return undefined
  return baseVersion({
    parts: [version, revision, number('EPICS_MODIFICATION') || 0, number('EPICS_PATCH_LEVEL') || 0],
    snapshot: values.get('EPICS_DEV_SNAPSHOT') ?? '',
    site: values.get('EPICS_SITE_VERSION') ?? '',
  })
}

/** Reads `epicsVersion.h`, the only place of the version in a Python package. */
export function parseVersionHeader(text: string): BaseVersion | undefined {
  const assignments = text
    .replace(/^[ \t]*#[ \t]*define[ \t]+(EPICS_\w+)[ \t]+/gm, '$1=')
    .replace(/"/g, '')
  return parseBaseVersion(assignments)
}

/** The text of `configure/CONFIG_BASE_VERSION`, in the form of base's own. */
export function formatBaseVersion({ parts, snapshot, site }: BaseVersion): string {
  const [version, revision, modification, patch] = parts
  return [
    '# Version of the EPICS base in this directory',
    '',
    `EPICS_VERSION = ${version}`,
    `EPICS_REVISION = ${revision}`,
    `EPICS_MODIFICATION = ${modification}`,
    `EPICS_PATCH_LEVEL = ${patch}`,
    `EPICS_DEV_SNAPSHOT=${snapshot}`,
    `EPICS_SITE_VERSION =${site && ` ${site}`}`,
    '',
  ].join('\n')
}

/** Order of dotted numbers; missing parts count as 0. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Order of the versions of a Python package; what is behind the numbers does not count. */
export function comparePackageVersions(a: string, b: string): number {
  return compareNumbers(numbersOf(a), numbersOf(b))
}

function numbersOf(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}

function baseVersion(read: Omit<BaseVersion, 'text'>): BaseVersion {
  const { parts, snapshot } = read
  const shown = parts[3] === 0 ? parts.slice(0, 3) : parts
  return { text: `${shown.join('.')}${snapshot}`, ...read }
}

/** `NAME = value` lines of a makefile without their comments; the first of a name wins. */
function assignmentsOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^[ \t]*(EPICS_\w+)[ \t]*[:?]?=[ \t]*([^#]*)/.exec(line)
    const [, name = '', value = ''] = match ?? []
    if (name && !values.has(name)) values.set(name, value.trim())
  }
  return values
}
