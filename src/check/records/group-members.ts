import { readChannelName } from '../../database/values/channels.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckedIoc } from '../types.ts'
import { channelProblem } from './channel-problem.ts'
import { hasPvxs, hasQsrv } from './group-server.ts'
import { type Group, type GroupMember, type GroupOption, groupsOf } from './groups.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import { placeSpan } from './place.ts'
import { findRecord } from './record-links.ts'

/** Groups that QSRV does not make (`Error Group not created`), or makes of fewer members. */
export function* groupMembers(ioc: CheckedIoc): Generator<Diagnostic> {
  if (!hasQsrv(ioc)) return
  const index = once(() => nameIndex([ioc.database]))
  for (const group of groupsOf(ioc).groups.values()) {
    yield* nameClash(ioc, group)
    for (const member of group.members.values()) {
      yield* memberName(group, member)
      yield* type(group, member)
      yield* twice(group, member)
      for (const { options } of member.parts) {
        for (const option of options) {
          if (option.name === '+channel') yield* channel({ ioc, index }, group, option)
          if (option.name === '+trigger') yield* trigger(group, option)
        }
      }
    }
  }
}

interface Context {
  readonly ioc: CheckedIoc
  readonly index: () => NameIndex
}

function* nameClash({ database }: CheckedIoc, { name, at }: Group): Generator<Diagnostic> {
  const record = findRecord(database, name)
  if (!record) return
  yield diagnostic('GROUP_NAME', `group "${name}" has the name of a record: QSRV leaves it out`, {
    at,
    notes: [{ message: 'the record is here', at: placeSpan(record) }],
    hint: 'give the group another name',
  })
}

/** `a.b[0].c`: pvData names; the empty name is the group itself. */
const memberNames = /^(?:[A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*(?:\[\d+\])?)*)?$/

function* memberName({ name: group }: Group, { name, parts }: GroupMember): Generator<Diagnostic> {
  const [first] = parts
  if (!first || memberNames.test(name)) return
  const message = `"${name}" cannot be a member of group "${group}": QSRV leaves the group out`
  const hint =
    'names are letters, digits and "_", not beginning with a digit, with "." between them'
  yield diagnostic('GROUP_NAME', message, { at: first.text.at(first.place), hint })
}

/** The last part that says one counts; without one it is a scalar. */
function typeOf({ parts }: GroupMember): string {
  const value = parts
    .flatMap(({ options }) => options)
    .findLast(({ name }) => name === '+type')?.value
  return value?.kind === 'string' ? value.value : 'scalar'
}

/** Types that stand for a value of their own: not for the group itself. */
const values: ReadonlySet<string> = new Set(['scalar', 'plain', 'any'])

function* type({ name: group }: Group, member: GroupMember): Generator<Diagnostic> {
  const options = member.parts.flatMap(({ options }) => options)
  const [first] = member.parts
  const kind = typeOf(member)
  if (!first || options.length === 0 || !memberNames.test(member.name)) return
  const at = first.text.at(first.place)
  if (member.name === '' && values.has(kind)) {
    const message = `group "${group}" itself cannot be of type "${kind}"`
    yield diagnostic('GROUP_VALUE', message, { at, hint: '"+type": "meta"' })
  }
  const hasChannel = options.some(({ name }) => name === '+channel')
  if (!hasChannel && (kind === 'scalar' || kind === 'plain')) {
    const message = `member "${member.name}" of group "${group}" has no +channel`
    yield diagnostic('GROUP_CHANNEL', message, { at, hint: '"+channel": "VAL"' })
  }
}

function* twice({ name: group }: Group, { name, parts }: GroupMember): Generator<Diagnostic> {
  const mapped = parts.filter(({ options }) => options.some((one) => one.name === '+channel'))
  const [first, ...others] = mapped
  if (!first) return
  for (const { text, place } of others) {
    yield diagnostic('GROUP_MEMBER', `member "${name}" of group "${group}" is defined twice`, {
      at: text.at(place),
      notes: [{ message: 'first defined here', at: first.text.at(first.place) }],
      hint: 'give it another name, or remove one of them',
    })
  }
}

function* channel(
  { ioc: { database, definitions }, index }: Context,
  group: Group,
  { value, text }: GroupOption,
): Generator<Diagnostic> {
  if (value.kind !== 'string') return
  const isMade = /\$[({]/.test(value.value)
  // Macros of records are reported as such; which server reads a file must be known.
  if (isMade && (text.record || !definitions)) return
  const name = text.record ? `${text.record.name}.${value.value}` : value.value
  const parts = readChannelName(name)
  const record = findRecord(database, parts.record)
  const problem = record
    ? channelProblem(record, parts, definitions)
    : { message: 'there is no such record', hint: index().near(parts.record)[0] }
  if (!problem) return
  const message = `group "${group.name}" has the channel "${name}", but ${problem.message}`
  const meant = text.record ? problem.hint?.slice(text.record.name.length + 1) : problem.hint
  const hint = meant
    ? `did you mean "${meant}"?`
    : isMade
      ? macroHint(hasPvxs(definitions?.registrars ?? new Map()))
      : `name a ${record ? 'field of the record' : 'record of this IOC'}`
  yield diagnostic('GROUP_CHANNEL', message, { at: text.at(value), hint })
}

/** Only pvxs expands files, and only those that are given macros. */
function macroHint(isPvxs: boolean): string {
  return isPvxs
    ? 'give dbLoadGroup the macro: dbLoadGroup file "NAME=value"'
    : 'the QSRV of base does not expand macros in files: write the whole name'
}

/** `*` stands for all; names have commas between them, blanks belong to the names. */
function* trigger(group: Group, { value, text }: GroupOption): Generator<Diagnostic> {
  if (value.kind !== 'string' || value.value === '') return
  for (const name of value.value.split(',')) {
    if (name === '*' || (name !== '' && group.members.has(name))) continue
    const message = `group "${group.name}" has no member "${name}" to trigger`
    const hint = group.members.has(name.trim())
      ? 'remove the blanks'
      : group.members.size <= 200
        ? (didYouMean(name, group.members.keys()) ?? membersOf(group))
        : membersOf(group)
    yield diagnostic('GROUP_TRIGGER', message, { at: text.at(value), hint })
  }
}

function membersOf({ members }: Group): string {
  const names = [...members.keys()].filter((name) => name !== '')
  const more = names.length > 8 ? ', ...' : ''
  return `"*" for all, or of its members: ${names.slice(0, 8).join(', ')}${more}`
}
