import { fstatSync, readFileSync } from 'node:fs'

/**
 * Whether nothing can ever be read from standard input: it is closed, /dev/null, or a file read to
 * its end. Pipes cannot be asked without taking data from them: they count as open.
 */
export function isStandardInputAtEnd(): boolean {
  try {
    const stat = fstatSync(0)
    if (stat.isCharacterDevice()) return stat.rdev === nullDevice
    return stat.isFile() && positionOf(0) >= stat.size
  } catch {
    return true
  }
}

/** Linux: major number 1, minor number 3. */
const nullDevice = (1 << 8) | 3

function positionOf(descriptor: number): number {
  const text = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1')
  return Number(/^pos:\s*(\d+)/m.exec(text)?.[1] ?? 0)
}
