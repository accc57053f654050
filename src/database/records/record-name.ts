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
  if (plain.test(name) && name.length <= maxBytes) return undefined
  if (name === '') return { isRefused: true, message: 'the name of a record cannot be empty' }
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
    }
  }
  return oddity(name, shown)
}

const plain = /^[\w:;<>\]][\w:;<>{}[\]+-]*$/

function oddity(name: string, shown: string): NameProblem | undefined {
  const first = name.charAt(0)
  if ('-+[{'.includes(first)) {
    return { isRefused: false, message: `the name ${shown} should not begin with ${first}` }
  }
  const control = /[\x01-\x1f]/.exec(name)
  if (!control) return undefined
  return { isRefused: false, message: `the name ${shown} has a control character in it` }
}
