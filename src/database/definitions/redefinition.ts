import type { Finding } from './reading.ts'
import type { BreakTable, Definition, DeviceDefinition, Menu, RecordType } from './types.ts'

/** What is defined before and here, and how to call it. */
interface Redefinition<T> {
  readonly what: string
  readonly before: T
  readonly again: T
}

/**
 * The finding on a second definition of a name. Base keeps the first one and passes over the other
 * without a word, which is fine as long as both say the same.
 */
export function redefinition<T extends { readonly at: Definition['at'] }>(
  { what, before, again }: Redefinition<T>,
  difference: (before: T, again: T) => string | undefined,
): Finding | undefined {
  const found = difference(before, again)
  if (found === undefined) return undefined
  const { start, end } = again.at
  return {
    code: 'DBD_REDEFINED',
    message: `${what} is defined a second time and differently: the IOC keeps the first one`,
    notes: [{ message: found }, { message: 'the first one', at: before.at }],
    hint: 'load only one of the two files, or rename one of the two',
    start,
    end,
  }
}

export function differenceOfMenus(before: Menu, again: Menu): string | undefined {
  const listed = ({ choices }: Menu): string =>
    [...choices].map(([text, { index }]) => `${index} ${JSON.stringify(text)}`).join(', ')
  return differenceOfTexts('choices', listed(before), listed(again))
}

export function differenceOfRecordTypes(before: RecordType, again: RecordType): string | undefined {
  for (const [name, field] of again.fields) {
    const other = before.fields.get(name)
    if (!other) return `the first one has no field ${name}`
    const described = ({ kind, size, menu }: typeof field): string =>
      [kind, ...(kind === 'DBF_STRING' ? [`size(${size})`] : []), menu ?? ''].join(' ').trim()
    const difference = differenceOfTexts(`field ${name}`, described(other), described(field))
    if (difference) return difference
  }
  const missing = [...before.fields.keys()].find((name) => !again.fields.has(name))
  return missing === undefined ? undefined : `field ${missing} is only in the first one`
}

export function differenceOfDevices(
  before: DeviceDefinition,
  again: DeviceDefinition,
): string | undefined {
  const described = ({ linkType, support }: DeviceDefinition): string => `${linkType}, ${support}`
  return differenceOfTexts('device', described(before), described(again))
}

export function differenceOfTables(before: BreakTable, again: BreakTable): string | undefined {
  return differenceOfTexts('points', before.points.join(' '), again.points.join(' '))
}

/** @param what - what is different, in front of both texts */
export function differenceOfTexts(what: string, before: string, again: string): string | undefined {
  if (before === again) return undefined
  return `${what}: ${short(before)} in the first one, ${short(again)} here`
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
