/**
 * The files that a compiler read, from the rule that it writes with `-MD`: all words behind the first
 * colon that ends a target. Blanks in names are written as `\ `, `#` as `\#`, `$` as `$$`.
 */
export function readDependencyRule(text: string): string[] {
  const joined = text.replace(/\\\r?\n/g, ' ')
  const start = joined.search(/:\s/)
  const [rule = ''] = joined.slice(start < 0 ? joined.length : start + 1).split('\n')
  const words = rule.match(/(?:\\[ #]|\$\$|[^\s\\]|\\(?![ #]))+/g) ?? []
  return words.map((word) => word.replace(/\\([ #])/g, '$1').replaceAll('$$', '$'))
}
