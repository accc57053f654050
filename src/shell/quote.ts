/**
 * A text as one word of an IOC shell line that means exactly this text, whatever macros are
 * defined. Undefined if no line can hold it: line ends, NUL, halves of surrogate pairs.
 */
export function quoteWord(text: string): string | undefined {
  if (/[\n\r\0]/.test(text) || !text.isWellFormed()) return undefined
  if (text === '') return "''"
  return text
    .split(/('+)/)
    .map((part) => (part.startsWith("'") ? `"${part}"` : quotePart(part)))
    .join('')
}

/**
 * A line that runs a command with exactly these arguments, or undefined if an argument cannot be
 * written. The result may be followed by further quoted words.
 */
export function quoteCommand(name: string, args: readonly string[] = []): string | undefined {
  const words = [/^[A-Za-z_]\w*$/.test(name) ? name : quoteWord(name), ...args.map(quoteWord)]
  return words.every((word) => word !== undefined) ? words.join(' ') : undefined
}

/**
 * Text without apostrophes. macLib, unlike the splitter, lets a backslash protect the closing
 * quote, which would switch its idea of quoting for the rest of the line; so backslashes at the end
 * stand outside the quotes, doubled.
 */
function quotePart(part: string): string {
  const [, body = '', backslashes = ''] = /^(.*?)(\\*)$/s.exec(part) ?? []
  return `${body === '' ? '' : `'${body}'`}${backslashes.replaceAll('\\', '\\\\')}`
}
