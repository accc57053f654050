import { didYouMean } from '../../text/suggest.ts'
import type { Statement } from '../statements.ts'
import type { Problem } from '../tokens.ts'

/** By keyword: the least and the most values of a statement, and whether braces follow. */
export type Forms = ReadonlyMap<string, readonly [number, number, Braces]>

type Braces = 'braces' | 'no braces' | 'may have braces'

/** What braces of a record type may hold. */
export const recordTypeForms: Forms = new Map([
  ['field', [2, 2, 'braces']],
  ['include', [1, 1, 'no braces']],
])

/** What braces of a menu may hold. */
export const menuForms: Forms = new Map([
  ['choice', [2, 2, 'no braces']],
  ['include', [1, 1, 'no braces']],
])

/** What a dbd file may hold; those that are usual in databases only are known, too. */
export const fileForms: Forms = new Map([
  ['include', [1, 1, 'no braces']],
  ['path', [1, 1, 'no braces']],
  ['addpath', [1, 1, 'no braces']],
  ['menu', [1, 1, 'braces']],
  ['recordtype', [1, 1, 'braces']],
  ['device', [4, 4, 'no braces']],
  ['driver', [1, 1, 'no braces']],
  ['registrar', [1, 1, 'no braces']],
  ['function', [1, 1, 'no braces']],
  ['variable', [1, 2, 'no braces']],
  ['link', [2, 2, 'no braces']],
  ['breaktable', [1, 1, 'braces']],
  ['record', [2, 2, 'may have braces']],
  ['grecord', [2, 2, 'may have braces']],
  ['alias', [2, 2, 'no braces']],
])

/** The problem of a statement that cannot stand here, or has too few or too many values. */
export function checkForm(statement: Statement, forms: Forms, place: string): Problem | undefined {
  const { keyword, values, start, end } = statement
  const allowed = forms.get(keyword)
  if (!allowed) {
    const hint = didYouMean(keyword, forms.keys()) ?? 'remove the statement'
    const message = `"${keyword}" is not a statement of ${place}`
    return { code: 'DBD_SYNTAX', message, hint, start, end }
  }
  const [least, most, braces] = allowed
  if (values.length >= least && values.length <= most) return checkBraces(statement, braces)
  const wanted = least === most ? `${least}` : `${least} or ${most}`
  const many = most === 1 ? 'value' : 'values'
  const isOne = values.length === 1
  const message = `${keyword} takes ${wanted} ${many}, here ${isOne ? 'is' : 'are'} ${values.length}`
  const hint =
    values.length < least
      ? `form: ${formOf(keyword, least)}`
      : 'put a value with blanks or commas into double quotes'
  return { code: 'DBD_SYNTAX', message, hint, start, end }
}

/** What the values of a statement are, as the Application Developer's Guide calls them. */
function formOf(keyword: string, least: number): string {
  const names = valueNames.get(keyword) ?? ['<name>', '"<text>"']
  return `${keyword}(${names.slice(0, least).join(', ')})`
}

const valueNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['device', ['<record type>', '<link type>', '<dset>', '"<choice>"']],
  ['link', ['<name>', '<jlif>']],
  ['field', ['<NAME>', '<type>']],
  ['record', ['<type>', '"<name>"']],
  ['grecord', ['<type>', '"<name>"']],
  ['alias', ['"<record>"', '"<name>"']],
])

function checkBraces(
  { keyword, body, start, end }: Statement,
  braces: Braces,
): Problem | undefined {
  if (braces === 'may have braces' || (braces === 'braces') === (body !== undefined))
    return undefined
  const message = body ? `${keyword} takes no braces` : `${keyword} has no braces`
  const hint = body ? 'remove the braces' : `${keyword}(...) { ... }`
  return { code: 'DBD_SYNTAX', message, hint, start, end }
}
