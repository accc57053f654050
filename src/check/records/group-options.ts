import type { JsonValue } from '../../database/values/json.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckedIoc } from '../types.ts'
import { hasPvxs, hasQsrv } from './group-server.ts'
import { type Group, type GroupOption, groupsOf } from './groups.ts'

/** What a key of a group or member takes, and how it is said. */
interface Form {
  readonly wanted: string
  readonly example: string
  takes(value: JsonValue): boolean
}

const isString = ({ kind }: JsonValue): boolean => kind === 'string'
const text: Form = { wanted: 'a text in quotes', example: '"text"', takes: isString }
const scalar: Form = {
  wanted: 'a text or a number',
  example: '"text"',
  takes: ({ kind }) => kind === 'string' || kind === 'word',
}
const flag: Form = {
  wanted: 'true or false',
  example: 'true',
  takes: (value) => 'value' in value && (value.value === 'true' || value.value === 'false'),
}
const number: Form = {
  wanted: 'a number',
  example: '1',
  takes: (value) => {
    if (value.kind === 'string') return /^\s*[+-]?(?:0x[\da-f]+|\d+)\s*$/i.test(value.value)
    return value.kind === 'word' && Number.isFinite(Number(value.value))
  },
}
const anything: Form = { wanted: 'a value', example: '1', takes: () => true }

const ofGroup: ReadonlyMap<string, Form> = new Map([
  ['+id', scalar],
  ['+atomic', flag],
])
const ofMember: ReadonlyMap<string, Form> = new Map([
  ['+type', text],
  ['+channel', text],
  ['+id', text],
  ['+trigger', text],
  ['+putorder', number],
])
const ofPvxsMember: ReadonlyMap<string, Form> = new Map([...ofMember, ['+const', anything]])

const types = ['scalar', 'plain', 'any', 'meta', 'proc', 'structure']

/** Keys of groups that QSRV does not know, and values that it does not take. */
export function* groupOptions(ioc: CheckedIoc): Generator<Diagnostic> {
  if (!hasQsrv(ioc)) return
  const isPvxs = !ioc.definitions || hasPvxs(ioc.definitions.registrars)
  const forms = isPvxs ? ofPvxsMember : ofMember
  const known = isPvxs ? [...types, 'const'] : types
  for (const group of groupsOf(ioc).groups.values()) {
    for (const option of group.options) yield* checkOption(group, option, ofGroup)
    for (const { parts } of group.members.values()) {
      for (const { options } of parts) {
        for (const option of options) {
          yield* checkOption(group, option, forms)
          yield* checkType(group, option, known)
        }
      }
    }
  }
}

function* checkOption(
  { name: group }: Group,
  { name, value, text, place }: GroupOption,
  forms: ReadonlyMap<string, Form>,
): Generator<Diagnostic> {
  const form = forms.get(name)
  if (!form && value.kind === 'object') {
    const message = `"${name}" in group "${group}" is an object, which no key takes`
    const hint = `keys here: ${[...forms.keys()].join(', ')}`
    yield diagnostic('GROUP_VALUE', message, { at: text.at(place), hint })
  } else if (!form) {
    const hint = didYouMean(name, forms.keys()) ?? `keys here: ${[...forms.keys()].join(', ')}`
    const message = `"${name}" is no key of QSRV in group "${group}": it is ignored`
    yield diagnostic('GROUP_KEY', message, { at: text.at(place), hint })
  } else if (!form.takes(value)) {
    const message = `${name} in group "${group}" takes ${form.wanted}`
    yield diagnostic('GROUP_VALUE', message, {
      at: text.at(value),
      hint: `"${name}": ${form.example}`,
    })
  }
}

function* checkType(
  group: Group,
  { name, value, text }: GroupOption,
  known: readonly string[],
): Generator<Diagnostic> {
  if (name !== '+type' || value.kind !== 'string' || known.includes(value.value)) return
  const message = `"${value.value}" is no type of a member of group "${group.name}"`
  const hint = didYouMean(value.value, known) ?? `types: ${known.join(', ')}`
  yield diagnostic('GROUP_VALUE', message, { at: text.at(value), hint })
}
