/**
 * The enumeration of a menu. Files may include several headers with it, as in base: the first one
 * counts.
 */
export function menuDeclaration(
  menu: string,
  choices: readonly (readonly [symbol: string, choice: string])[],
): string {
  const count = `${menu}_NUM_CHOICES`
  const rows = choices.map(([symbol, choice], index) => {
    const comma = index < choices.length - 1 ? ',' : ''
    return `    ${symbol}${comma} /* ${inComment(choice)} */`
  })
  return [
    `#ifndef ${count}`,
    'typedef enum {',
    ...rows,
    `} ${menu};`,
    `#define ${count} ${choices.length}`,
    '#endif',
    '',
  ].join('\n')
}

/** A text that does not end the comment it stands in. */
export function inComment(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll('/*', '/ *')
}
