import { utf8Length } from '../../macro/bytes.ts'

/** What is wrong with the name of a record or alias. */
interface NameProblem {
  /** The IOC does not make the record; otherwise it only warns. */
  readonly isRefused: boolean
  readonly message: string
  readonly hint?: string
}

/** dbDefs.h: bytes of a name without its NUL (PVNAME_STRINGSZ - 1). */
const maxBytes = 60

/** The rules of dbLexRoutines.c, dbRecordNameValidate, and of dbCreateRecord. */
export function nameProblem(name: string): NameProblem | undefined {
  if (endOfPlainName(name, 0) === name.length) return undefined
  if (name === '') {
    const hint = 'give it a name, and its macros values'
    return { isRefused: true, message: 'the name of a record cannot be empty', hint }
  }
  const shown = JSON.stringify(name)
  const [bad] = /["'.$ ]/.exec(name) ?? []
  if (bad !== undefined) {
    const what = bad === ' ' ? 'a blank' : bad
    const message = `the name ${shown} has ${what} in it, which names cannot have`
    return { isRefused: true, message, hint: name.replace(/["'.$ ]+/g, '_') }
  }
  const length = utf8Length(name)
  if (length > maxBytes) {
    return {
      isRefused: true,
      message: `the name ${shown} has ${length} bytes, names have at most ${maxBytes}`,
      hint: `make it shorter by ${length - maxBytes}, or the macros in it`,
    }
  }
  return oddity(name, shown)
}

/**
 * The end of the name that begins at an offset, or -1: as far as its characters go that are in order
 * in any name. Nothing is wrong with it if it ends there.
 */
export function endOfPlainName(text: string, start: number): number {
  if ((places[text.charCodeAt(start)] ?? 0) !== anywhere) return -1
  let end = start + 1
  while ((places[text.charCodeAt(end)] ?? 0) !== nowhere) end++
  return end - start <= maxBytes ? end : -1
}

const nowhere = 0
const notFirst = 1
const anywhere = 2

/** By character: where it may stand in a name. */
const places: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit)
  if (/[\w:;<>\]]/.test(character)) return anywhere
  return '{}[+-'.includes(character) ? notFirst : nowhere
})

function oddity(name: string, shown: string): NameProblem | undefined {
  const first = name.charAt(0)
  if ('-+[{'.includes(first)) {
    const message = `the name ${shown} should not begin with ${first}`
    return { isRefused: false, message, hint: 'begin it with a letter' }
  }
  const control = /[\x01-\x1f]/.exec(name)
  if (!control) return undefined
  const message = `the name ${shown} has a control character in it`
  return { isRefused: false, message, hint: name.replace(/[\x01-\x1f]+/g, '_') }
}
