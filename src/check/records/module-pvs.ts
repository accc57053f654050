import { diagnostic } from '../../text/diagnostic.ts'
import type { IocRule } from '../types.ts'
import { placeSpan } from './place.ts'

/**
 * Records with the name of one that tells the versions of modules. Those are loaded first, and the IOC
 * refuses a database with a record of another type.
 *
 * @param moduleRecords - the database with these records
 */
export function modulePvs(moduleRecords: string): IocRule {
  const own = [...moduleRecords.matchAll(/^record\((\w+), "(.*)"\)/gm)]
  return function* ({ database }) {
    for (const [, type = '', name = ''] of own) {
      const record = database.records.get(name)
      if (!record || record.type === type || record.type === '*') continue
      const message = `record ${name} is of type ${type} already, not ${record.type}: it tells the version of a module`
      yield diagnostic('RECORD_TYPE_CONFLICT', message, {
        at: placeSpan(record),
        hint: 'give the record another name, or the IOC: -n NAME',
      })
    }
  }
}
