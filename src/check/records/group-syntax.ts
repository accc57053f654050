import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import { hasQsrv } from './group-server.ts'
import { type GroupText, groupTextsOf } from './group-texts.ts'
import { groupsOf, type Misplaced } from './groups.ts'

const example = '{"GROUP": {"member": {"+channel": "VAL"}}}'

/** Definitions of groups that QSRV cannot read: `Error parsing info("Q:group", ...`. */
export function* groupSyntax(ioc: CheckedIoc): Generator<Diagnostic> {
  if (!hasQsrv(ioc)) return
  for (const text of groupTextsOf(ioc)) {
    const { problem } = text.reading
    if (problem) {
      const { message, at: start } = problem
      const end = Math.min(start + 1, text.text.length)
      yield report(text, message, { start, end })
    } else if (text.isStrict) yield* bareKeys(text)
  }
  for (const one of groupsOf(ioc).misplaced) yield misplaced(one)
}

/** Keys such as `+channel` without quotes, which only the database parser takes. */
function* bareKeys(text: GroupText): Generator<Diagnostic> {
  const open = text.reading.value ? [text.reading.value] : []
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind !== 'object') continue
    for (const member of value.members) {
      open.push(member.value)
      const first = text.text.slice(member.start, member.end)
      if (/^["'\w$]/.test(first)) continue
      yield report(text, `the key ${first} must be in quotes here`, member)
    }
  }
}

function misplaced({ kind, text, place, name }: Misplaced): Diagnostic {
  return report(text, wantedOf(kind, name), place)
}

function wantedOf(kind: Misplaced['kind'], name: string): string {
  if (kind === 'text') return 'groups are an object'
  return kind === 'group' ? `group "${name}" must be an object` : 'a name cannot be empty here'
}

function report(
  text: GroupText,
  message: string,
  place: { readonly start: number; readonly end: number },
): Diagnostic {
  const at = text.at(place)
  return diagnostic('GROUP_SYNTAX', `${text.label}: ${message}`, { at, hint: `form: ${example}` })
}
