import type { Database } from '../../database/records/types.ts'

/** One more than the highest number of a record: the length of a list by `LoadedRecord.number`. */
export function numbersOf({ records }: Pick<Database, 'records'>): number {
  let length = 0
  for (const { number } of records.values()) length = number + 1
  return length
}
