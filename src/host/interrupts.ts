const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Cleans up when this process is told to end, then ends it by that signal, so that whoever waits for
 * it sees the reason; a second signal ends it at once. Returns a function that stops listening.
 */
export function onInterrupt(cleanUp: () => Promise<unknown>): () => void {
  const listener = (signal: NodeJS.Signals) => {
    release()
    void cleanUp().finally(() => process.kill(process.pid, signal))
  }
  const release = () => {
    for (const signal of signals) process.off(signal, listener)
  }
  for (const signal of signals) process.on(signal, listener)
  return release
}

/** Resolves on ^C, once; a second ^C ends this process as usual. */
export function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
  })
}
