import type { JsonMember, JsonPlace, JsonValue } from '../../database/values/json.ts'
import type { Span } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'
import { type GroupText, groupTextsOf } from './group-texts.ts'

/** A group of QSRV, put together from all texts that name it. */
export interface Group {
  readonly name: string
  /** Where it is named first. */
  readonly at: Span
  /** By name, in the order in which they come. */
  readonly members: ReadonlyMap<string, GroupMember>
  /** Options of the group itself, e.g. `+atomic`. */
  readonly options: readonly GroupOption[]
}

export interface GroupMember {
  readonly name: string
  /** All texts that say something about it. */
  readonly parts: readonly GroupPart[]
}

export interface GroupPart {
  readonly text: GroupText
  /** The name of the member where this part begins. */
  readonly place: JsonPlace
  readonly options: readonly GroupOption[]
}

/** `+channel: "VAL"`. */
export interface GroupOption {
  readonly name: string
  readonly value: JsonValue
  readonly text: GroupText
  readonly place: JsonPlace
}

/** Groups by name, and what in the texts has no place in a group. */
export interface GroupReading {
  readonly groups: ReadonlyMap<string, Group>
  readonly misplaced: readonly Misplaced[]
}

/** A value where an object is wanted, or a name that is empty. */
export interface Misplaced {
  readonly kind: 'text' | 'group' | 'nameless'
  readonly text: GroupText
  readonly place: JsonPlace
  readonly name: string
}

const readings = new WeakMap<CheckedIoc, GroupReading>()

/** The groups of an IOC; read once for all rules. */
export function groupsOf(ioc: CheckedIoc): GroupReading {
  const known = readings.get(ioc)
  if (known) return known
  const reading = readGroups(ioc)
  readings.set(ioc, reading)
  return reading
}

interface GrowingGroup extends Group {
  readonly members: Map<string, GroupMember & { readonly parts: GroupPart[] }>
  readonly options: GroupOption[]
}

function readGroups(ioc: CheckedIoc): GroupReading {
  const groups = new Map<string, GrowingGroup>()
  const misplaced: Misplaced[] = []
  for (const text of groupTextsOf(ioc)) {
    const { value } = text.reading
    if (value?.kind === 'object') {
      for (const place of namelessIn(value.members))
        misplaced.push({ kind: 'nameless', text, place, name: '' })
      for (const member of value.members) {
        if (member.name === '') continue
        if (member.value.kind === 'object') addGroup(groups, text, member)
        else misplaced.push({ kind: 'group', text, place: member, name: member.name })
      }
    } else if (value && !(value.kind === 'array' && value.items.length === 0))
      misplaced.push({ kind: 'text', text, place: value, name: '' })
  }
  return { groups, misplaced }
}

/**
 * Groups and keys of members without a name: `empty group or key name not allowed` (configparse.cpp
 * of pva2pva, which reads no further). The member "" is the group itself.
 */
function* namelessIn(groups: readonly JsonMember[]): Generator<JsonPlace> {
  for (const group of groups) {
    if (group.name === '') yield group
    for (const member of membersOf(group))
      yield* membersOf(member).filter(({ name }) => name === '')
  }
}

function membersOf({ value }: JsonMember): readonly JsonMember[] {
  return value.kind === 'object' ? value.members : []
}

function addGroup(groups: Map<string, GrowingGroup>, text: GroupText, written: JsonMember): void {
  const { name, value } = written
  const group = groups.get(name) ?? newGroup(name, text.at(written))
  groups.set(name, group)
  if (value.kind !== 'object') return
  for (const member of value.members) {
    if (member.value.kind !== 'object') {
      group.options.push({ name: member.name, value: member.value, text, place: member })
      continue
    }
    const part = { text, place: member, options: optionsOf(text, member.value.members) }
    const before = group.members.get(member.name)
    if (before) before.parts.push(part)
    else group.members.set(member.name, { name: member.name, parts: [part] })
  }
}

function newGroup(name: string, at: Span): GrowingGroup {
  return { name, at, members: new Map(), options: [] }
}

function optionsOf(text: GroupText, members: readonly JsonMember[]): GroupOption[] {
  return members
    .filter(({ name }) => name !== '')
    .map((member) => ({ name: member.name, value: member.value, text, place: member }))
}
