import { productVersion } from './version.ts'

/** No diagnostic: the mistake is ours, and only here a stack trace helps. */
export function bugReport(command: string, error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${command}: this is a bug in e3-iocsh ${productVersion}, please report it:\n${text}\n`
}
