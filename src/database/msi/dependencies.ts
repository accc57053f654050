import type { MsiFiles } from './files.ts'

/** The rule for make that `-D` prints: the target and each file that was read, once. */
export interface DependencyRule {
  add(path: string): void
  end(): void
}

/** Begins to write a rule for a target. */
export function dependencyRule(target: string, { write }: MsiFiles): DependencyRule {
  const known = new Set<string>()
  write(`${target}:`)
  return {
    add(path) {
      if (known.has(path)) return
      write(known.size === 0 ? ` ${path}` : ` \\\n ${path}`)
      known.add(path)
    },
    end: () => write('\n'),
  }
}
