import { menuForms } from '../dbd/forms.ts'
import type { Statement } from '../statements.ts'
import { eachStatement, type File, type Reading, report } from './reading.ts'
import type { Menu } from './types.ts'

type Choices = Menu['choices']

/** A menu whose choices are read when they are asked for. */
export function menuOf(reading: Reading, file: File, statement: Statement): Menu {
  let choices: Choices | undefined
  return {
    name: statement.values[0] ?? '',
    at: file.text.spanOf(statement.start, statement.end),
    get choices(): Choices {
      choices ??= readChoices(reading, file, statement)
      return choices
    },
  }
}

/** Looks at all that is in a file which menus include, as at their braces. */
export function readChoiceFile(reading: Reading, file: File): void {
  const extent = { start: 0, end: file.text.text.length }
  readChoices(reading, file, { keyword: 'menu', values: [file.text.source.name], ...extent })
}

function readChoices(reading: Reading, file: File, statement: Statement): Choices {
  const { body: extent = statement } = statement
  const choices = new Map<string, { readonly symbol: string; readonly index: number }>()
  let index = 0
  const part = { file, extent, forms: menuForms, place: 'a menu' }
  eachStatement(reading, part, ({ values: [symbol = '', text = ''], start, end }) => {
    if (choices.has(text)) {
      const message = `the choice ${JSON.stringify(text)} is in this menu twice: only the first one can be set`
      report(reading, file.text, { code: 'DBD_REDEFINED', message, start, end })
    } else choices.set(text, { symbol, index })
    index++
  })
  if (index === 0) {
    const { start, end } = statement
    const message = `the menu ${statement.values[0]} has no choices`
    const hint = 'choice(<symbol>, "<text>")'
    report(reading, file.text, { code: 'DBD_SYNTAX', message, hint, start, end })
  }
  return choices
}
