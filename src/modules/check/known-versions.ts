import type { SharedObject } from '../../elf/shared-object.ts'

/** Versions of the system's symbols, such as `GLIBC_2.34`, that are known to be there. */
export interface KnownVersions {
  /** The object is loaded, so everything it needs is there. */
  learn(object: Pick<SharedObject, 'versionsNeeded'>): void
  has(version: string): boolean
}

/**
 * The C and C++ libraries have all earlier versions too, and the parts of glibc are of one release:
 * if the executable needs `GLIBC_2.34` of libc, then libm has `GLIBC_2.29`. So usually nobody has
 * to look into the libraries of the system.
 */
export function knownVersions(): KnownVersions {
  const highest = new Map<string, readonly number[]>()
  return { learn, has }

  function learn({ versionsNeeded }: Pick<SharedObject, 'versionsNeeded'>): void {
    for (const { version, weak } of versionsNeeded) {
      const { family, numbers } = parse(version)
      if (!weak && !isAtMost(numbers, highest.get(family))) highest.set(family, numbers)
    }
  }

  function has(version: string): boolean {
    const { family, numbers } = parse(version)
    return isAtMost(numbers, highest.get(family))
  }
}

interface SymbolVersion {
  readonly family: string
  readonly numbers: readonly number[]
}

/** `GLIBCXX_3.4.32`; a version without numbers is a family of its own. */
function parse(version: string): SymbolVersion {
  const [, family, numbers] = /^(GLIBC|GLIBCXX|CXXABI|GCC)_(\d[\d.]*)$/.exec(version) ?? []
  if (family === undefined || numbers === undefined) return { family: version, numbers: [] }
  return { family, numbers: numbers.split('.').map(Number) }
}

function isAtMost(numbers: readonly number[], limit: readonly number[] | undefined): boolean {
  if (!limit) return false
  for (let index = 0; index < Math.max(numbers.length, limit.length); index++) {
    const difference = (numbers[index] ?? 0) - (limit[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}
