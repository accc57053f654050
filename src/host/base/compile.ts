import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../../text/diagnostic.ts'
import { templatePath } from '../package-root.ts'
import { cannotWriteBecause, InstallFailure } from './failure.ts'
import type { CompileFlags } from './flags.ts'
import { type Ended, run } from './run.ts'

interface Compilation {
  readonly base: string
  readonly arch: string
  readonly compiler: readonly [string, ...string[]]
  readonly flags: CompileFlags
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Compiles `bin/<arch>/softIocPVA` and runs it once: it has to load and register its definitions.
 * Throws `BASE_BUILD_FAILED` with the first errors of the compiler, `BASE_WRITE_FAILED`.
 */
export async function compileSoftIoc(compilation: Compilation): Promise<void> {
  const { base, arch, compiler, env } = compilation
  const executable = join(base, 'bin', arch, 'softIocPVA')
  const compiled = await run([...compiler, ...commandLine(compilation, executable)], { env })
  if (compiled.exitCode !== 0) throw failure('softIocPVA cannot be compiled', compiled)
  const tried = await run([executable, '/dev/null'], { env, timeout: 30_000 })
  if (tried.exitCode !== 0) throw failure('the new softIocPVA does not start', tried)
}

/** Hash of the source that this release makes the executable of. */
export function softIocSource(): string {
  return createHash('sha256')
    .update(readFileSync(templatePath('soft-ioc.cpp')))
    .digest('hex')
}

/**
 * The run path is relative and of the old kind (DT_RPATH): a base can be moved, and
 * LD_LIBRARY_PATH of a site cannot put other libraries of the same name in its place.
 */
function commandLine({ arch, flags }: Compilation, executable: string): string[] {
  return [
    ...['-std=c++11', '-O2', '-w'],
    ...flags.cppflags,
    ...flags.includes,
    ...flags.cxxflags,
    ...['-o', executable, templatePath('soft-ioc.cpp')],
    ...flags.ldflags,
    ...['-Wl,--no-as-needed', '-Wl,--disable-new-dtags'],
    `-Wl,-rpath,$ORIGIN/../../lib/${arch}`,
    ...flags.libs,
  ]
}

function failure(message: string, { stdout, stderr }: Ended): InstallFailure {
  const output = `${stderr}\n${stdout}`
  if (/no space left on device/i.test(output)) {
    return cannotWriteBecause('the executable', 'no space left on the device')
  }
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => /error|undefined reference|not found/i.test(line))
  return new InstallFailure(
    diagnostic('BASE_BUILD_FAILED', message, {
      notes: (errors.length > 0 ? errors : lines).slice(0, 5).map((line) => ({ message: line })),
      hint: 'another compiler: CXX=<compiler> e3 base install',
    }),
  )
}
