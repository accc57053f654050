import { printable } from '../../text/printable.ts'
import { originJson, originText } from '../listing/origin.ts'
import { lastValues, shownValue } from '../listing/values.ts'
import type { LoadedField, LoadedRecord } from '../records/types.ts'
import type { Change, RecordDifference } from './compare.ts'

/** How differences are shown. */
export interface PrintOptions {
  /** With the chain of files and lines of each record. */
  readonly hasOrigin: boolean
  /** `-` lines, `+` lines and headings in colours. */
  readonly color: boolean
}

/** A difference as lines for people: `-` stands before what was, `+` before what is. */
export function* differenceLines(
  item: RecordDifference,
  { hasOrigin, color }: PrintOptions,
): Generator<string> {
  const [minus, plus, head] = paints(color)
  const from = (record: LoadedRecord): string => (hasOrigin ? `  # ${originText(record)}` : '')
  switch (item.kind) {
    case 'removed':
      yield minus(`- ${title(item.record)}${from(item.record)}`)
      return
    case 'added':
      yield plus(`+ ${title(item.record)}${from(item.record)}`)
      for (const line of fieldLines(item.record)) yield plus(`+   ${line}`)
      return
    case 'changed':
      yield head(`  ${title(item.after)}${from(item.after)}`)
      for (const change of item.changes) {
        const { before, after } = change
        if (before !== undefined) yield minus(`-   ${changeLine(change, before)}`)
        if (after !== undefined) yield plus(`+   ${changeLine(change, after)}`)
      }
      return
    case 'alias':
      if (item.before !== undefined) yield minus(`- ${aliasLine(item.before, item.name)}`)
      if (item.after !== undefined) yield plus(`+ ${aliasLine(item.after, item.name)}`)
  }
}

/** A difference as an object; the keys are documented in docs/reference/formats.md. */
export function differenceJson(item: RecordDifference, hasOrigin: boolean): string {
  switch (item.kind) {
    case 'removed':
    case 'added': {
      const { kind, name, record } = item
      const fields = valuesOf(record.fields)
      const origin = hasOrigin && { origin: originJson(record) }
      return JSON.stringify({ difference: kind, name, type: record.type, fields, ...origin })
    }
    case 'changed':
      return JSON.stringify({
        ...{ difference: item.kind, name: item.name, type: item.after.type },
        changes: item.changes.map(({ kind, name, before, after }) => ({
          ...{ kind, name, before: textOf(before), after: textOf(after) },
        })),
        ...(hasOrigin && { origins: [originJson(item.before), originJson(item.after)] }),
      })
    case 'alias':
      return JSON.stringify({
        ...{ difference: item.kind, name: item.name, before: item.before, after: item.after },
      })
  }
}

type Paint = (text: string) => string

/** The colours of `-` lines, `+` lines and headings. */
export function paints(color: boolean): readonly [minus: Paint, plus: Paint, head: Paint] {
  return color ? painted : plain
}

const plain: readonly [Paint, Paint, Paint] = [same, same, same]
const painted: readonly [Paint, Paint, Paint] = [31, 32, 1].map(
  (code) => (text: string) => `\u001b[${code}m${text}\u001b[0m`,
) as [Paint, Paint, Paint]

function same(text: string): string {
  return text
}

function title({ type, name }: LoadedRecord): string {
  return `record(${printable(type)}, "${printable(name)}")`
}

function fieldLines({ fields, infos }: LoadedRecord): string[] {
  const lines = (kind: string, list: readonly LoadedField[]): string[] =>
    [...lastValues(list).values()].map((one) => `${kind}(${one.name}, ${valueText(one)})`)
  return [...lines('field', fields), ...lines('info', infos)]
}

function changeLine({ kind, name }: Change, value: LoadedField | string): string {
  if (typeof value === 'string') return `type ${printable(value)}`
  return `${kind}(${printable(name)}, ${valueText(value)})`
}

function valueText({ value, form }: LoadedField): string {
  return form === 'json' ? printable(value) : `"${printable(value)}"`
}

function aliasLine(record: string, alias: string): string {
  return `alias("${printable(record)}", "${printable(alias)}")`
}

function textOf(value: LoadedField | string | undefined): string | undefined {
  return typeof value === 'object' ? shownValue(value) : value
}

function valuesOf(fields: readonly LoadedField[]): Record<string, string> {
  return Object.fromEntries(
    [...lastValues(fields).values()].map((field) => [field.name, shownValue(field)]),
  )
}
