import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'

/** What commands printed; each log is read once. */
export interface StepLogs {
  /** Empty if the step never ran. */
  of(step: BuildStep): string
  /** Reads what is there while commands run, which will say something else. */
  readBeside(running: readonly BuildStep[]): void
}

/** @param folder - absolute: that of the module */
export function openStepLogs(folder: string, steps: readonly BuildStep[]): StepLogs {
  const known = new Map<BuildStep, string>()
  const of = (step: BuildStep): string => {
    const text = known.get(step) ?? read(join(folder, step.log))
    known.set(step, text)
    return text
  }
  return {
    of,
    readBeside(running) {
      for (const step of steps) of(step)
      for (const step of running) known.delete(step)
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
