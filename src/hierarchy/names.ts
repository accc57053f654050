/** A record name as VisualDCT writes it: in quotes where an IOC needs them, or might. */
export function shownName(name: string): string {
  return bareName.test(name) && !keywords.has(name) ? name : `"${name}"`
}

/** The name of a type, field or info item. */
export function shownWord(name: string): string {
  return /^\w+$/.test(name) && !keywords.has(name) ? name : `"${name}"`
}

const bareName = /^[A-Za-z_:[\]<>;-][\w:[\]<>;-]*$/

/** dbLex.l: these are no values without quotes. */
const keywords: ReadonlySet<string> = new Set([
  ...['include', 'path', 'addpath', 'menu', 'choice', 'recordtype', 'field', 'device', 'driver'],
  ...['link', 'breaktable', 'record', 'grecord', 'info', 'alias', 'registrar', 'function'],
  'variable',
])
