import type { Definitions } from '../../src/database/definitions/types.ts'
import { createLoader, type Loader } from '../../src/database/records/loader.ts'

/**
 * A loader that reads all in the usual way: what it may learn of forms that are read at once
 * (`known-forms.ts`) is taken up by forms that nobody writes.
 */
export function createUsualLoader(definitions: Definitions): Loader {
  const loader = createLoader({ definitions })
  const [...types] = definitions.recordTypes.keys()
  const infos = blanks.map((at) => `info(${at}x,"")`).join('')
  const values = types.map((type) => `record(${type},"${type}"){${infos}}`)
  const heads = blanks.map((at) => `record(${at}${types[0]},"${types[0]}"){}`)
  const deleted = types.map((type) => `record("#","${type}")`)
  const text = [...values, ...heads, ...deleted].join('\n')
  const { isGood } = loader.load({ name: 'forms.db', text })
  if (!isGood || loader.database.records.size > 0) throw new Error('the forms are not good')
  return loader
}

/** More than the forms that are kept. */
const blanks = Array.from({ length: 510 }, (_, index) =>
  [...index.toString(2).padStart(9, '0')].map((digit) => (digit === '0' ? ' ' : '\t')).join(''),
)
