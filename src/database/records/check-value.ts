import type { Code } from '../../text/codes.ts'
import type { FieldDefinition, RecordType } from '../definitions/types.ts'
import { checkFieldValue } from '../values/check.ts'
import { unescapeValue } from '../values/escapes.ts'
import { compactJson } from './json.ts'
import { type FileReading, report } from './reading.ts'
import type { LoadedField } from './types.ts'

/** A value for a field of a record. */
interface Setting {
  readonly definition: RecordType
  readonly field: FieldDefinition
  readonly loaded: LoadedField
  readonly hasEscape: boolean
}

/** dbStaticLib.c, dbPutString: a value with `$(` or `${` is refused. */
export function isExpanded(file: FileReading, { value, start, end, name }: LoadedField): boolean {
  if (!file.hasDollar || (!value.includes('$(') && !value.includes('${'))) return true
  if (file.missing.blame(start, end)) return false
  report(file, {
    ...{ code: 'MACRO_UNEXPANDED', start, end },
    message: `${name} still holds a macro that nobody expands: ${value}`,
    hint: 'in single quotes and behind a backslash macros are not expanded: take these away',
  })
  return false
}

/** Whether the IOC puts a value into its field; if something is wrong with it, that is reported. */
export function checkValue(file: FileReading, setting: Setting): boolean {
  const { definitions, forms } = file.loading.state
  const { definition, field, loaded, hasEscape } = setting
  if (!definitions) return true
  const good = goodValues(field)
  if (good?.has(loaded.value)) return true
  const isParsed = loaded.form === 'json'
  const value = isParsed
    ? compactJson(loaded.value)
    : hasEscape
      ? unescaped(loaded.value)
      : loaded.value
  const problem = checkFieldValue({
    ...{ field, value, definition, definitions, isParsed, isStrict: forms.isStrict },
  })
  if (!problem) {
    if (good && good.size < mostGood) good.add(loaded.value)
    return true
  }
  const { isDropped, ...finding } = problem
  const { start, end } = loaded
  const hint = (madeHint.has(finding.code) ? ofMacros(file, loaded) : undefined) ?? finding.hint
  report(file, { ...finding, start, end, hint })
  return !isDropped
}

/** Their hint is a line with another value. */
const madeHint: ReadonlySet<Code> = new Set(['VALUE_LONG', 'VALUE_NUMBER'])

/** What a template says does not change for one of its records: the macros in it are to. */
function ofMacros({ text }: FileReading, { start, end }: LoadedField): string | undefined {
  const at = text.spanOf(start, end)
  const found = at.source.text.slice(at.start, at.end).matchAll(/\$[({]([^=,(){}$"']+)/g)
  const names = new Set(Array.from(found, ([, name = '']) => name))
  if (names.size === 0) return undefined
  return `see to the ${names.size > 1 ? 'values' : 'value'} of ${[...names].join(', ')}`
}

/** A NUL ends the string of the IOC. */
function unescaped(value: string): string {
  return unescapeValue(value).split('\0')[0] ?? ''
}

/** Expressions that need not be checked again: that takes longer than a look-up. */
function goodValues(field: FieldDefinition): Set<string> | undefined {
  if (field.special !== 'SPC_CALC') return undefined
  const known = goodByField.get(field)
  if (known) return known
  const values = new Set<string>()
  goodByField.set(field, values)
  return values
}

const mostGood = 1000
const goodByField = new WeakMap<FieldDefinition, Set<string>>()
