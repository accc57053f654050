import { grouped } from './count.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Span } from './span.ts'

/** What decides whether a finding is new. */
export type FindingHead = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'at' | 'unknown'>

/**
 * Findings as they come, each once. Of one code in one file so many are kept; the others are counted,
 * and one finding at the place of the first of them says how many there are (`Diagnostic.more`). So
 * a file with a million mistakes costs a number for each.
 */
export interface FindingList {
  /** Notes a finding. One that stands for others (`more`) adds these to what is counted here. */
  add(item: Diagnostic): void
  /** The same for a finding that is made only if it is kept. */
  note(head: FindingHead, make: () => Diagnostic): void
  /**
   * The same with `isOnePerPlace` for findings of records that one place of a template made in all its
   * loads: only that of the first one is made, which for the others takes longer than to find it.
   */
  addRepeated(key: RepeatKey, make: () => Diagnostic): void
  /** What has come since the last call: what was kept in its order, then what stands for the rest. */
  take(): Diagnostic[]
}

/** What is the same in findings that differ only in names that macros made. */
export interface RepeatKey {
  /** See `LoadedRecord.template`; without it each finding is made. */
  readonly template: object | undefined
  /** The field, say; with the template it decides on code and place. */
  readonly what: string
}

/** How a list takes findings. */
export interface FindingListOptions {
  /**
   * A template that is loaded for many rows has the same mistake in each, with other names: one for
   * each code and place is kept, and tells how many more there are.
   */
  readonly isOnePerPlace?: boolean
  /** The most findings of a code in a file; default: 1000. */
  readonly most?: number
}

/** More of a kind than anybody reads, and few enough to be shown in a second. */
const mostFindings = 1000

/** An empty list. */
export function createFindingList({
  isOnePerPlace = false,
  most = mostFindings,
}: FindingListOptions = {}): FindingList {
  const files = new Map<string, Map<string, Group>>()
  const groups: Group[] = []
  let kept: Kept[] = []

  let last: { readonly head: FindingHead; readonly group: Group } | undefined

  /** Findings come in rows of the same kind. */
  function groupFor(head: FindingHead): Group {
    if (!last || !isOfGroup(head, last.head)) last = { head, group: groupOf(head) }
    return last.group
  }

  function groupOf({ code, severity, at, unknown }: FindingHead): Group {
    const file = at?.source.name ?? ''
    const inFile = files.get(file) ?? new Map<string, Group>()
    files.set(file, inFile)
    const what = unknown && inFile.size < most ? ` ${unknown.kind} ${unknown.name}` : ''
    const key = `${code} ${severity}${what}`
    const known = inFile.get(key)
    if (known) return known
    const made = newGroup()
    inFile.set(key, made)
    groups.push(made)
    return made
  }

  function note(head: FindingHead, make: () => Diagnostic): void {
    const group = groupFor(head)
    const place = head.at?.start ?? -1
    if (isOnePerPlace && isRepeated(group, place)) return
    const sum = sumOf(head)
    if (group.seen.has(sum)) return
    const one = group.count < most ? { item: make(), repeats: 0 } : undefined
    if (isOnePerPlace) group.places.set(place, one)
    if (one || !isOnePerPlace) group.seen.add(sum)
    if (one) {
      group.count++
      kept.push(one)
    } else {
      group.first ??= head
      group.rest.push(sum)
    }
  }

  const repeated = new WeakMap<object, Map<string, Kept | undefined>>()

  function addRepeated({ template, what }: RepeatKey, make: () => Diagnostic): void {
    const before = template && repeated.get(template)
    if (before?.has(what)) {
      const first = before.get(what)
      if (first) first.repeats++
      return
    }
    const item = make()
    note(item, () => item)
    if (!template || !isOnePerPlace) return
    const first = groupFor(item).places.get(item.at?.start ?? -1)
    repeated.set(template, (before ?? new Map()).set(what, first))
  }

  return {
    ...{ note, addRepeated },
    add(item) {
      if (!item.more) return note(item, () => item)
      const group = groupFor(item)
      group.first ??= item
      group.others.push(item.more)
    },
    take() {
      const taken = kept.map(withRepeats)
      kept = []
      return [...taken, ...groups.flatMap(takeRest)]
    },
  }
}

/** How many findings one stands for. */
export function countOf({ more }: Diagnostic): number {
  return more?.length ?? 1
}

interface Kept {
  readonly item: Diagnostic
  /** Of the same code at the same place. */
  repeats: number
}

/** The findings of one code in one file. */
interface Group {
  /** A number for each, see `sumOf`. */
  readonly seen: Set<number>
  /** With `isOnePerPlace`: what is kept of each place, or nothing if it is only counted. */
  readonly places: Map<number, Kept | undefined>
  count: number
  /** The first one that is not kept. */
  first: FindingHead | undefined
  /** Those that are not kept, since they were last taken. */
  rest: number[]
  /** The same of other lists. */
  others: (readonly number[])[]
}

function isOfGroup(one: FindingHead, other: FindingHead): boolean {
  return (
    one.code === other.code &&
    one.severity === other.severity &&
    one.at?.source === other.at?.source &&
    !one.unknown &&
    !other.unknown
  )
}

function newGroup(): Group {
  return { seen: new Set(), places: new Map(), count: 0, first: undefined, rest: [], others: [] }
}

function isRepeated({ places }: Group, place: number): boolean {
  if (!places.has(place)) return false
  const before = places.get(place)
  if (before) before.repeats++
  return true
}

function withRepeats({ item, repeats }: Kept): Diagnostic {
  if (repeats === 0) return item
  const message = `${repeats} more ${repeats === 1 ? 'record comes' : 'records come'} from this place with the same mistake`
  return { ...item, notes: [...item.notes, { message }] }
}

function takeRest(group: Group): Diagnostic[] {
  const { first } = group
  const rest = restOf(group)
  if (!first || rest.length === 0) return []
  const { code, severity, at, unknown } = first
  const message = `and ${grouped(rest.length)} more of this kind${placeText(at)}`
  return [
    {
      ...{ code, severity, message, notes: [], more: rest },
      ...(at && { at }),
      ...(unknown && { unknown }),
    },
  ]
}

/** What was left out here and elsewhere, each once, without what is kept here. */
function restOf(group: Group): readonly number[] {
  const { rest, others, seen } = group
  group.rest = []
  group.others = []
  const [only, ...further] = others
  if (!only) return rest
  const unseen = only.filter((sum) => !seen.has(sum))
  if (further.length === 0 && rest.length === 0) return unseen
  const all = new Set([...rest, ...unseen])
  for (const list of further) for (const sum of list) if (!seen.has(sum)) all.add(sum)
  return [...all]
}

function placeText(at: Span | undefined): string {
  return at ? ` in ${at.source.name}, from here on` : ''
}

/**
 * 53 bits of message and place, with which findings of one code in one file are told apart: among a
 * million of them two are taken for one with a chance of 1 in 20,000.
 */
function sumOf({ message, at }: FindingHead): number {
  const place = at?.start ?? -1
  let one = 0x811c9dc5 ^ place
  let other = Math.imul(place + 1, 0x9e3779b1)
  for (let index = 0; index < message.length; index++) {
    const unit = message.charCodeAt(index)
    one = Math.imul(one ^ unit, 0x0100_0193)
    other = Math.imul(other ^ unit, 0x85eb_ca6b)
    other ^= other >>> 15
  }
  return (one >>> 0) * 2 ** 21 + (other >>> 11)
}
