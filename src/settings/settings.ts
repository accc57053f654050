import type { Severity } from '../text/codes.ts'
import type { Result } from '../text/diagnostic.ts'
import { directoryOf, resolvePath } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import type { Span } from '../text/span.ts'
import { checkSettings } from './check-settings.ts'
import { fileShape } from './file-shape.ts'
import { type FileKind, readShaped, type Written } from './shape.ts'
import type { Entry, WrittenPattern } from './shapes.ts'

/** What a site or a repository says once for all commands: the file `e3.yaml`. */
export interface Settings {
  /** Absent where there is no such file. */
  readonly source?: Source
  /** Absolute: where the file is. Globs and relative paths start here. */
  readonly directory: string
  /** An absolute directory, or a version of the embedded base. */
  readonly base?: Written
  /** Absolute module trees in the order of the search. */
  readonly modulePath: readonly Written[]
  /** Modules for every IOC: `asyn`, `stream,2.8.26`. */
  readonly require: readonly Written[]
  /** Variables for every IOC. */
  readonly environment: readonly Entry<Written>[]
  readonly iocs: readonly IocSettings[]
  /** Patterns of lock files, from the folder of the file. */
  readonly locks: readonly Written[]
  /** Files in which nothing is looked for. */
  readonly ignore: readonly WrittenPattern[]
  /** In the order of the file: the last one that fits counts. */
  readonly severities: readonly SeverityRule[]
  readonly rules: SiteRules
}

/** An IOC of the repository. */
export interface IocSettings {
  readonly name: Written
  /** Absolute. */
  readonly script: Written
  /** Further arguments of `iocsh`. */
  readonly arguments: readonly Written[]
  readonly macros: readonly Entry<Written>[]
  /** That of all IOCs first. */
  readonly environment: readonly Entry<Written>[]
  /** That of all IOCs first. */
  readonly require: readonly Written[]
}

export interface SeverityRule {
  /** Empty: all codes. */
  readonly codes: readonly Written[]
  /** Empty: all files, and what has no place. */
  readonly paths: readonly WrittenPattern[]
  readonly severity: Severity | 'off'
  /** Always there where a code that is an error is lowered. */
  readonly reason?: Written | undefined
  readonly at: Span
}

/** What a site wants of its records and scripts. */
export interface SiteRules {
  /** A name must follow one of those that are for its record type. */
  readonly naming: readonly NamingRule[]
  readonly requiredFields: readonly Entry<readonly Written[]>[]
  /** Characters at most, by field; `name` are the names of records. */
  readonly lengths: readonly Entry<number>[]
  /** By command, with the reason. */
  readonly forbiddenCommands: readonly Entry<Written>[]
  /** Also for files outside of the directory of the settings, such as templates of modules. */
  readonly includesModules: boolean
}

export interface NamingRule {
  readonly pattern: WrittenPattern
  /** Empty: all. */
  readonly recordTypes: readonly Written[]
  readonly parts: readonly Entry<NamePart>[]
  readonly message?: Written | undefined
  readonly at: Span
}

/** What a named part of a pattern may be. */
export interface NamePart {
  readonly values?: readonly Written[] | undefined
  readonly pattern?: WrittenPattern | undefined
  readonly message?: Written | undefined
}

/**
 * Reads `e3.yaml`. What is wrong is reported and left out, the rest is there.
 *
 * @param path - absolute path of the file, from which relative paths in it start
 *
 * Errors: `SETTINGS_SYNTAX`, `SETTINGS_KEY`, `SETTINGS_VALUE`.
 */
export function readSettings(source: Source, path: string): Result<Settings> {
  const directory = directoryOf(path)
  const { value: file, diagnostics } = readShaped(source, fileShape, settingsFile)
  const checked = checkSettings(file ? settingsOf(file, directory) : noSettings(directory))
  return {
    value: { ...checked.value, source },
    diagnostics: [...diagnostics, ...checked.diagnostics],
  }
}

const settingsFile: FileKind = {
  name: 'the settings',
  codes: { syntax: 'SETTINGS_SYNTAX', key: 'SETTINGS_KEY', value: 'SETTINGS_VALUE' },
}

/** The settings where there is no `e3.yaml`. */
export function noSettings(directory: string): Settings {
  return settingsOf({}, directory)
}

type File = Partial<NonNullable<ReturnType<typeof fileShape.read>>>

function settingsOf(file: File, directory: string): Settings {
  const { base, require = [], environment = [] } = file
  const common = { require, environment }
  return {
    ...{ directory, require, environment },
    ...(base && { base: base.text.includes('/') ? absolute(base, directory) : base }),
    modulePath: (file['module-path'] ?? []).map((path) => absolute(path, directory)),
    iocs: (file.iocs ?? []).map((ioc) => iocOf(ioc, { ...common, directory })),
    locks: file.locks ?? [],
    ignore: file.ignore ?? [],
    severities: (file.severities ?? []).map(({ code = [], path = [], severity, reason, at }) => ({
      ...{ codes: code, paths: path, severity: severity.text, reason, at },
    })),
    rules: rulesOf(file.rules),
  }
}

function absolute({ text, at }: Written, directory: string): Written {
  return { text: resolvePath(directory, text), at }
}

function iocOf(
  ioc: NonNullable<File['iocs']>[number],
  all: Pick<Settings, 'require' | 'environment' | 'directory'>,
): IocSettings {
  return {
    name: ioc.name,
    script: absolute(ioc.script, all.directory),
    arguments: ioc.arguments ?? [],
    macros: ioc.macros ?? [],
    environment: [...all.environment, ...(ioc.environment ?? [])],
    require: [...all.require, ...(ioc.require ?? [])],
  }
}

function rulesOf(rules: File['rules']): SiteRules {
  return {
    naming: (rules?.naming ?? []).map(({ pattern, records = [], parts = [], message, at }) => ({
      ...{ pattern, recordTypes: records, parts, message, at },
    })),
    requiredFields: rules?.['required-fields'] ?? [],
    lengths: rules?.lengths ?? [],
    forbiddenCommands: rules?.['forbidden-commands'] ?? [],
    includesModules: rules?.['include-modules'] ?? false,
  }
}
