import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'

/** What commands printed; each log is read once. */
export interface StepLogs {
  /** Absolute: the log of all steps, with their commands; what ran last is at its end. */
  readonly path: string
  /** Empty if the step never ran. */
  of(step: BuildStep): string
  /** Writes the log of all steps while some of them run: all but what these will say. */
  begin(running: readonly BuildStep[]): void
  /** Adds what they said. Throws system errors, as `begin` does. */
  end(): void
}

/** @param folder - absolute: that of the module */
export function openStepLogs(folder: string, path: string, steps: readonly BuildStep[]): StepLogs {
  const known = new Map<BuildStep, string>()
  let open: readonly BuildStep[] = []
  const of = (step: BuildStep): string => {
    const text = known.get(step) ?? read(join(folder, step.log))
    known.set(step, text)
    return text
  }
  const textOf = (step: BuildStep): string => `${step.command.join(' ')}\n${of(step)}\n`
  return {
    ...{ path, of },
    begin(running) {
      open = running
      const others = new Set(steps)
      for (const step of running) {
        known.delete(step)
        others.delete(step)
      }
      writeFileSync(path, [...others].map(textOf).join(''))
    },
    end() {
      if (open.length > 0) appendFileSync(path, open.map(textOf).join(''))
      open = []
    },
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
