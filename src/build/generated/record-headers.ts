import { expandDefinitions } from '../../database/dbd/expand.ts'
import { readStatements, type Statement } from '../../database/statements.ts'
import { baseName } from '../../text/paths.ts'
import { menuDeclaration } from './menu-header.ts'
import { recordDeclaration } from './record-header.ts'

/** A header that is made of a dbd file. */
export interface GeneratedHeader {
  /** `exampleRecord.h` */
  readonly name: string
  readonly text: string
}

/**
 * The headers of one dbd file, as base's dbdToRecordtypeH.pl and dbdToMenuH.pl have them: for each
 * record type in it `<type>Record.h`, spelled as the file, with the menus of the file and of those that it
 * includes, for menus alone `<file>.h`.
 *
 * @param file - what it includes is read by `read`, which gives undefined where there is no such file
 */
export function headersOf(
  file: { readonly name: string; readonly text: string },
  read: (name: string) => string | undefined,
): GeneratedHeader[] {
  const statements = statementsOf(file.text)
  const menus = menusOf(file.text)
  const recordTypes = statements.filter(
    (one) => one.keyword === 'recordtype' && bodyOf(file.text, one).trim() !== '',
  )
  const source = baseName(file.name)
  if (recordTypes.length === 0 && menus.length > 0) {
    const name = `${source.replace(/\.dbd$/, '')}.h`
    return [{ name, text: guarded(name, source, menus) }]
  }
  const allMenus = menusOf(expanded(file.text, read))
  return recordTypes.map((recordType) => {
    const name = headerName(recordType.values[0] ?? '', source)
    const body = expanded(bodyOf(file.text, recordType), read)
    const { code, declaration } = recordDeclaration(recordType.values[0] ?? '', body)
    return { name, text: guarded(name, source, [code, ...allMenus, declaration]) }
  })
}

/** base's build makes %Record.h of %Record.dbd: the spelling is that of the file. */
function headerName(type: string, file: string): string {
  const own = file.replace(/\.dbd$/, '')
  return own.toLowerCase() === `${type}Record`.toLowerCase() ? `${own}.h` : `${type}Record.h`
}

function menusOf(text: string): string[] {
  return statementsOf(text)
    .filter(({ keyword }) => keyword === 'menu')
    .map((menu) => menuDeclaration(menu.values[0] ?? '', choicesOf(text, menu)))
}

function expanded(text: string, read: (name: string) => string | undefined): string {
  return expandDefinitions([''], (name) => (name === '' ? text : read(name)))
}

function statementsOf(text: string): readonly Statement[] {
  return readStatements(text, { start: 0, end: text.length }, () => {}).statements
}

function bodyOf(text: string, { body }: Statement): string {
  return body ? text.slice(body.start, body.end) : ''
}

function choicesOf(text: string, menu: Statement): [symbol: string, choice: string][] {
  return statementsOf(bodyOf(text, menu))
    .filter(({ keyword }) => keyword === 'choice')
    .map(({ values }) => [values[0] ?? '', values[1] ?? ''])
}

function guarded(name: string, source: string, parts: readonly string[]): string {
  const guard = `INC_${name.replace(/\W/g, '_').replace(/_h$/, '_H')}`
  return [
    `/* Generated from ${source}. Do not edit. */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    ...parts.filter((part) => part !== ''),
    `#endif /* ${guard} */`,
    '',
  ].join('\n')
}
