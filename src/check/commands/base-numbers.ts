import { toDouble, toInteger } from '../../shell/arguments.ts'
import type { CommandCall } from '../../shell/types.ts'

/**
 * Whether a command of base is given a word where base 7.0.10 takes a number. Another base may have
 * other arguments: what this finds is worth a look into its libraries, and no mistake yet.
 */
export function mayMisfit({ name, words }: CommandCall): boolean {
  const types = Object.hasOwn(numbers, name) ? numbers[name] : undefined
  return words.slice(1).some(({ text }, index) => {
    const type = types?.[index]
    if (type === undefined || type === '-') return false
    return 'error' in (type === 'i' ? toInteger(text) : toDouble(text))
  })
}

/** One letter an argument: `i` an integer, `d` a number, `-` anything. */
const numbers: Readonly<Record<string, string>> = {
  ...{ ascar: 'i', aspmem: '-i', callbackParallelThreads: 'i', callbackQueueShow: 'i' },
  ...{ callbackSetQueueSize: 'i', casr: 'i', dbDumpRecord: '--i', dbLockShowLocked: 'i' },
  ...{ dbPvdDump: '-i', dbPvdTableSize: 'i', dbStateShow: '-i', dbStateShowAll: 'i', dbcar: '-i' },
  ...{ dbel: '-i', dbior: '-i', dbjlr: '-i', dblsr: '-i', dbnr: 'i', dbp: '-i', dbpr: '-i' },
  ...{ dbsr: 'i', eltc: 'i', epicsMutexShowAll: 'ii', epicsThreadShowAll: 'i' },
  ...{ epicsThreadSleep: 'd', errlogInit: 'i', errlogInit2: 'ii', generalTimeReport: 'i' },
  ...{ iocLogShow: 'i', scanOnceQueueShow: 'i', scanOnceSetQueueSize: 'i', scanppl: 'd' },
  ...{ setIocLogDisable: 'i', taskwdShow: 'i' },
}
