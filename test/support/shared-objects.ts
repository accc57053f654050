import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of its own for compiled files. */
export interface Workshop {
  readonly directory: string
  /** Compiles C text into a shared object or executable and returns its path. */
  compile(file: string, source: string, flags?: readonly string[]): string
  write(file: string, content: string | Uint8Array): string
  remove(): void
}

/** Makes real ELF files with the C compiler of this machine. */
export function openWorkshop(): Workshop {
  const directory = mkdtempSync(join(tmpdir(), 'shared-objects-'))
  return { directory, compile, write, remove }

  function compile(file: string, source: string, flags: readonly string[] = []): string {
    const input = write(`${file}.c`, source)
    const output = join(directory, file)
    const kind = flags.includes('-pie') ? [] : ['-shared', '-fPIC']
    execFileSync('gcc', [...kind, '-o', output, input, ...flags], { stdio: 'pipe' })
    return output
  }

  function write(file: string, content: string | Uint8Array): string {
    const path = join(directory, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  function remove(): void {
    rmSync(directory, { recursive: true, force: true })
  }
}
