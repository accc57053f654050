import { didYouMean } from '../../text/suggest.ts'
import { calcInputs, checkCalc } from '../values/calc.ts'
import type { AccessReading, AsgInputs } from './access-file.ts'
import { fail, need, needName, needNames, needToken, peek, skipUnknown, take } from './cursor.ts'
import type { AccessToken } from './tokens.ts'

/** `RULE(level, READ [, TRAPWRITE]) {UAG(...) HAG(...) CALC("...")}`, the cursor on its first word. */
export function readRule(reading: AccessReading, asg: AsgInputs): void {
  const { cursor } = reading
  cursor.at += 1
  need(cursor, '(')
  const level = needToken(cursor, ['integer'], 'the level, 0 or 1,')
  if (level) checkLevel(reading, level)
  need(cursor, ',')
  const access = needName(cursor, 'NONE, READ or WRITE')
  const option = take(cursor, ',') ? needName(cursor, 'TRAPWRITE or NOTRAPWRITE') : undefined
  if (!cursor.failure && !take(cursor, ')')) fail(cursor, '")"')
  if (!cursor.failure) checkWords(reading, access, option)
  if (!take(cursor, '{')) return
  do {
    readCondition(reading, asg)
  } while (!cursor.failure && !take(cursor, '}'))
}

/** The real IOC takes levels above 1: such a rule is for no field. */
function checkLevel({ report }: AccessReading, token: AccessToken): void {
  const level = Number(token.text)
  if (level === 0 || level === 1) return
  const isRefused = level < 0 || level > 0x7fff_ffff
  const message = isRefused
    ? `the level of a rule is 0 or 1, not ${token.text}`
    : `no field has the level ${token.text}: this rule grants nothing more than one of level 1`
  const code = isRefused ? 'ACCESS_SYNTAX' : 'ACCESS_IGNORED'
  report(code, message, { token, hint: '0 or 1' })
}

const accesses = ['NONE', 'READ', 'WRITE']
const options = ['TRAPWRITE', 'NOTRAPWRITE']

function checkWords(
  { report }: AccessReading,
  access: AccessToken | undefined,
  option: AccessToken | undefined,
): void {
  if (access && !accesses.includes(access.text)) {
    const message = `base does not know "${access.text}" here and passes over this rule`
    const hint = didYouMean(access.text, accesses) ?? 'NONE, READ or WRITE'
    report('ACCESS_IGNORED', message, { token: access, hint })
  }
  if (option && !options.includes(option.text)) {
    const message = `TRAPWRITE or NOTRAPWRITE is expected, here is "${option.text}"`
    report('ACCESS_SYNTAX', message, { token: option, hint: didYouMean(option.text, options) })
  }
}

function readCondition(reading: AccessReading, asg: AsgInputs): void {
  const { cursor, report } = reading
  const token = peek(cursor)
  const { kind, text } = token
  if (kind === 'keyword' && (text === 'UAG' || text === 'HAG')) {
    cursor.at += 1
    for (const name of needNames(cursor, '()', `the name of a ${text}`)) {
      checkGroup(reading, text, name)
    }
  } else if (kind === 'keyword' && text === 'CALC') {
    cursor.at += 1
    readCalc(reading, asg)
  } else if (kind === 'word' || kind === 'string') {
    cursor.at += 1
    skipUnknown(cursor)
    if (cursor.failure) return
    const message = `base does not know "${text}" and passes over this rule`
    report('ACCESS_IGNORED', message, { token, hint: 'UAG, HAG or CALC' })
  } else fail(cursor, 'UAG, HAG or CALC')
}

function checkGroup(
  { defined, report }: AccessReading,
  kind: 'UAG' | 'HAG',
  name: AccessToken,
): void {
  if (defined[kind].has(name.text)) return
  const message = `no ${kind} "${name.text}" is defined in front of this rule`
  const hint = didYouMean(name.text, defined[kind].keys()) ?? `${kind}(${name.text}) {...}`
  report('ACCESS_GROUP', message, { token: name, hint })
}

/** asLib: `:=` is refused though calc records take it. */
function readCalc({ cursor, report }: AccessReading, { uses }: AsgInputs): void {
  need(cursor, '(')
  const token = needName(cursor, 'an expression')
  need(cursor, ')')
  if (!token || cursor.failure) return
  const problem = checkCalc(token.text)?.message
  const assigns = token.text.includes(':=') ? 'assignments are not allowed here' : undefined
  const wrong = problem ?? assigns
  if (wrong === undefined) uses.push({ letters: calcInputs(token.text), token })
  else report('ACCESS_CALC', `the expression "${token.text}" is wrong: ${wrong}`, { token })
}
