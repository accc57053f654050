/**
 * Milliseconds of the processor that a run takes: what else the machine does is no fault of what is
 * tested.
 */
export function processorTime(run: () => unknown): number {
  const started = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** Far more than anything takes that grows in proportion, far less than what does not. */
export const soon = 5000
