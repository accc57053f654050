import type { Head, Name } from './build.ts'
import { next, syntaxError, unexpected } from './mistakes.ts'
import { expect, readName } from './names.ts'
import type { FileReading } from './reading.ts'
import { closeRound, comma, openRound } from './scanner.ts'

/** A head, and where its brace stands if that has been read with it. */
export interface ReadHead extends Head {
  readonly opened?: number
}

/**
 * The head of a record in any form. One with a mistake is reported; if it is still clear what was
 * meant, the fields of the record can be looked at, the scanner is then behind the brace.
 */
export function readHead(file: FileReading, start: number): ReadHead | undefined {
  const { scanner } = file
  const head = readGoodHead(file, start)
  if (head) return head
  const meant = meantHead(file.text.text, start)
  if (!meant) return undefined
  file.resumedAt = meant.opened
  scanner.moveTo(meant.opened + 1)
  return meant
}

function readGoodHead(file: FileReading, start: number): Head | undefined {
  const { scanner } = file
  if (!expect(file, openRound, '"(" behind record')) return undefined
  const type = readName(file, 'the type of the record')
  if (!type || !expect(file, comma, '"," behind the type')) return undefined
  const name = readName(file, 'the name of the record')
  if (!name) return undefined
  if (next(file) === closeRound) return { type, name, start, end: scanner.end }
  const quoted = name.value.search(/\)\s*\{/)
  if (quoted < 0) unexpected(file, { expected: '")" behind the name' })
  else {
    const end = name.start + 1 + quoted
    const hint = 'close the quote in front of ")"'
    syntaxError(file, { start: name.start, end, message: 'the name has no closing quote', hint })
  }
  return undefined
}

/** What a head with missing quotes, commas and brackets says, up to the brace or the first field. */
const damaged =
  /g?record[ \t]*\(?[ \t]*"?(\w+)\b"?[ \t]*[,;]?[ \t]*"?([^"\s(){},;]+)"?[ \t]*\)?\s*(?:\{|(?=\n[ \t]*(?:field|info)\b))/dy

function meantHead(text: string, start: number): Required<ReadHead> | undefined {
  damaged.lastIndex = start
  const [place, type, name] = damaged.exec(text)?.indices ?? []
  if (!place || !type || !name) return undefined
  const nameAt = ([from, to]: [number, number]): Name => ({
    ...{ value: text.slice(from, to), start: from, end: to },
  })
  const [, end] = place
  return { type: nameAt(type), name: nameAt(name), start, end, opened: end - 1 }
}
