import { menuForms } from '../dbd/forms.ts'
import type { Statement } from '../statements.ts'
import { eachStatement, type File, openIncluded, type Reading, report } from './reading.ts'
import type { Menu } from './types.ts'

type Choices = Menu['choices']

/** A menu whose choices are read when they are asked for. */
export function menuOf(reading: Reading, file: File, statement: Statement): Menu {
  const { path } = reading
  let choices: Choices | undefined
  return {
    name: statement.values[0] ?? '',
    at: file.text.spanOf(statement.start, statement.end),
    get choices(): Choices {
      choices ??= readChoices({ ...reading, path }, file, statement)
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
  const found: Found = { choices: new Map(), count: 0 }
  const isComplete = collect(reading, { file, statement }, found)
  if (found.count === 0 && isComplete) {
    const { start, end } = statement
    const message = `the menu ${statement.values[0]} has no choices`
    const hint = 'choice(<symbol>, "<text>")'
    report(reading, file.text, { code: 'DBD_SYNTAX', message, hint, start, end })
  }
  return found.choices
}

interface Found {
  readonly choices: Map<string, { readonly symbol: string; readonly index: number }>
  count: number
}

/**
 * The choices in the braces of a menu, or those of an included file. Not complete if there is no such
 * file, which is reported.
 */
function collect(
  reading: Reading,
  { file, statement }: { readonly file: File; readonly statement?: Statement },
  found: Found,
): boolean {
  let isComplete = true
  const extent = statement?.body ?? { start: 0, end: file.text.text.length }
  const part = { file, extent, forms: menuForms, place: 'a menu' }
  eachStatement(reading, part, (inner) => {
    const { keyword, values, start, end } = inner
    if (keyword === 'include') {
      const included = openIncluded(reading, file, inner)
      if (!included || !collect(reading, { file: included }, found)) isComplete = false
      return
    }
    const [symbol = '', text = ''] = values
    if (found.choices.has(text)) {
      const message = `the choice ${JSON.stringify(text)} is in this menu twice: only the first one can be set`
      report(reading, file.text, { code: 'DBD_REDEFINED', message, start, end })
    } else found.choices.set(text, { symbol, index: found.count })
    found.count++
  })
  return isComplete
}
