import { addAlias } from './build.ts'
import type { GrowingRecord } from './growing-record.ts'
import { next, syntaxError, unexpected } from './mistakes.ts'
import { expect, readName } from './names.ts'
import type { FileReading } from './reading.ts'
import { closeRound, comma, openRound } from './scanner.ts'

/** `alias("name")` in the braces of a record. */
export function readInnerAlias(file: FileReading, record: GrowingRecord | undefined): void {
  const { scanner } = file
  const { start } = scanner
  if (!expect(file, openRound, '"(" behind alias')) return
  const name = readName(file, 'the further name')
  if (!name) return
  const kind = next(file)
  if (kind === comma) {
    const second = readName(file, 'the further name')
    if (!second || !expect(file, closeRound, '")" behind the name')) return
    syntaxError(file, {
      start,
      end: scanner.end,
      message: 'alias in a record takes one name',
      hint: `alias("${second.value}")`,
    })
  } else if (kind === closeRound) addAlias(file, { record, target: undefined, name })
  else {
    unexpected(file, { expected: '")" behind the name' })
    return
  }
  next(file)
}

/** `alias("record", "name")` of its own. */
export function readAlias(file: FileReading): void {
  if (!expect(file, openRound, '"(" behind alias')) return
  const target = readName(file, 'the name of a record')
  if (!target || !expect(file, comma, '"," behind the name')) return
  const name = readName(file, 'the further name')
  if (!name || !expect(file, closeRound, '")" behind the name')) return
  addAlias(file, { record: undefined, target, name })
  next(file)
}
