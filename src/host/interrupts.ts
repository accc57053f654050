const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

interface Interested {
  readonly cleanUp: (signal: NodeJS.Signals) => Promise<unknown>
}

/** Whoever ends this process before all of them are done leaves the work of the others behind. */
const interested = new Set<Interested>()

/**
 * Cleans up when this process is told to end; once everybody who asked for it has, it ends by that
 * signal, so that whoever waits for it sees the reason. A second signal ends it at once. Returns a
 * function that stops listening.
 */
export function onInterrupt(cleanUp: Interested['cleanUp']): () => void {
  const one: Interested = { cleanUp }
  if (interested.size === 0) for (const signal of signals) process.on(signal, interrupt)
  interested.add(one)
  return () => {
    if (interested.delete(one) && interested.size === 0) stopListening()
  }
}

function interrupt(signal: NodeJS.Signals): void {
  const all = [...interested]
  interested.clear()
  stopListening()
  void Promise.allSettled(all.map(async ({ cleanUp }) => cleanUp(signal))).finally(() =>
    process.kill(process.pid, signal),
  )
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, interrupt)
}
