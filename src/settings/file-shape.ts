import { codes, type Severity } from '../text/codes.ts'
import { didYouMean } from '../text/suggest.ts'
import { objectOf } from './object-shape.ts'
import type { JsonSchema } from './shape.ts'
import {
  anyText,
  checkedText,
  flag,
  glob,
  integer,
  listOf,
  mapOf,
  oneOf,
  oneOrMore,
  regularExpression,
  text,
} from './shapes.ts'

const severities: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'off']

/** Not settings about settings: who could turn them on again? */
const fixedCode = /^SETTINGS_/

const code = checkedText(
  (word) => {
    if (!Object.hasOwn(codes, word)) {
      const hint = didYouMean(word, Object.keys(codes)) ?? 'see docs/reference/codes.md'
      return { problem: 'is no code', hint }
    }
    return fixedCode.test(word) ? { problem: 'cannot be changed' } : undefined
  },
  // Not the list of all codes: an editor may know those of another version.
  { type: 'string', pattern: '^(?!SETTINGS_)[A-Z]+(_[A-Z]+)+$' },
)

/** A name that becomes one word of the command line or the IOC shell. */
function named(what: string, form: RegExp, hint?: string): ReturnType<typeof checkedText> {
  return checkedText((word) => (form.test(word) ? undefined : { problem: `is no ${what}`, hint }), {
    pattern: form.source,
  })
}

const macroName = named('name of a macro', /^[^=,\s"'$(){}]+$/)
const variableName = named('name of a variable', /^[A-Za-z_][A-Za-z0-9_]*$/)
const fieldHint = 'fields have upper-case letters: DESC'
const fieldName = named('field', /^[A-Z][A-Z0-9_]*$/, fieldHint)
const recordType = named('record type', /^[A-Za-z_][A-Za-z0-9_]*$/)
const recordTypeOrAll = named('record type', /^(\*|[A-Za-z_][A-Za-z0-9_]*)$/)
const lengthOf = named('field, and not "name"', /^(name|[A-Z][A-Z0-9_]*)$/)
const request = named('module with or without a version', /^[A-Za-z_][\w-]*(,[^,\s]+)?$/)
const command = named('command', /^[^\s"'()]+$/)

const environment = mapOf(variableName, anyText)

const ioc = objectOf(
  {
    name: [text, 'Name of the IOC, once in this file.'],
    script: [text, 'Startup script, from the folder of this file.'],
  },
  {
    arguments: [listOf(anyText), 'Further arguments of iocsh.'],
    macros: [mapOf(macroName, anyText), 'Macros of the startup script.'],
    environment: [environment, 'Variables of this IOC, besides those of all.'],
    require: [
      oneOrMore(request),
      'Modules of this IOC, besides those of all: asyn or asyn,4.42.0.',
    ],
  },
)

const severity = objectOf(
  { severity: [oneOf(severities), 'What the messages become; off: they are not shown.'] },
  {
    code: [oneOrMore(code), 'Codes of messages; without it all.'],
    path: [oneOrMore(glob), 'Files of the messages, as in .gitignore; without it all.'],
    reason: [text, 'Why; needed where errors are lowered.'],
  },
  { schema: { anyOf: [{ required: ['code'] }, { required: ['path'] }] } },
)

const namePart = objectOf(
  {},
  {
    values: [oneOrMore(anyText), 'What the part may be.'],
    pattern: [regularExpression, 'Regular expression for the whole part.'],
    message: [text, 'What to tell who wrote another one.'],
  },
)

const naming = objectOf(
  {
    pattern: [
      regularExpression,
      'Regular expression for the whole name; (?<part>...) names a part.',
    ],
  },
  {
    records: [oneOrMore(recordType), 'Record types that it is for; without it all.'],
    parts: [mapOf(text, namePart), 'What the named parts may be.'],
    message: [text, 'What to tell who wrote another name.'],
  },
)

const rules = objectOf(
  {},
  {
    naming: [listOf(naming), 'Forms of record names: each name must follow one of them.'],
    'required-fields': [
      mapOf(recordTypeOrAll, oneOrMore(fieldName)),
      'Fields that records must set, by record type; * are all types.',
    ],
    lengths: [
      mapOf(lengthOf, integer(1, 4096)),
      'Characters at most, by field; name is the record name.',
    ],
    'forbidden-commands': [
      mapOf(command, text),
      'Commands of the IOC shell that scripts must not use, each with the reason.',
    ],
    'include-modules': [flag, 'The rules are also for files outside of this folder.'],
  },
  { isLenient: true },
)

/** The file `e3.yaml`. */
export const fileShape = objectOf(
  {},
  {
    base: [text, 'EPICS base: a directory, or the version of an embedded one.'],
    'module-path': [oneOrMore(text), 'Directories with modules, the first one is searched first.'],
    require: [oneOrMore(request), 'Modules of every IOC: asyn or asyn,4.42.0.'],
    environment: [environment, 'Variables of every IOC.'],
    iocs: [listOf(ioc), 'The IOCs of this repository.'],
    locks: [
      oneOrMore(text),
      'Locks of IOCs, with * and **: the versions that they hold are not uninstalled.',
    ],
    ignore: [oneOrMore(glob), 'Files in which nothing is looked for, as in .gitignore.'],
    severities: [listOf(severity), 'How serious messages are; the last one that fits counts.'],
    rules: [rules, 'What this site wants of its records and scripts.'],
  },
  { isLenient: true },
)

/** The published JSON schema of `e3.yaml`: docs/e3.schema.json. */
export function settingsSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'e3.yaml',
    description: 'Settings of a site or a repository for e3; see docs/guide/settings.md.',
    ...fileShape.schema,
  }
}
