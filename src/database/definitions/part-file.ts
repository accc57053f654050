import { fileForms } from '../dbd/forms.ts'
import { readStatements } from '../statements.ts'
import type { Context } from './define.ts'
import { readChoiceFile } from './menu.ts'
import { readFieldFile } from './record-type.ts'

/**
 * Reads a file that is no dbd file but a part of one, if it is: like `dbCommon.dbd` it holds what
 * stands in the braces of a record type, or of a menu. A dbd file in which a field stands behind the
 * braces by mistake is none.
 */
export function readPartFile({ set, reading, file }: Context): boolean {
  const { text } = file.text
  const { statements, code } = readStatements(text, { start: 0, end: text.length }, () => {})
  const keywords = new Set(statements.map(({ keyword }) => keyword))
  keywords.delete('include')
  if ([...keywords].some((keyword) => fileForms.has(keyword))) return false
  if (keywords.has('choice')) readChoiceFile(reading, file)
  else if (keywords.has('field') || code.length > 0) {
    readFieldFile(reading, file, (name) => set.menus.has(name))
  } else return false
  return true
}
