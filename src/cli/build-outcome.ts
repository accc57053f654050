import { relative } from 'node:path'
import type { BuiltModule } from '../host/build/build-module.ts'
import type { Code } from '../text/codes.ts'
import { type Diagnostic, hasErrors } from '../text/diagnostic.ts'
import { type ExitCode, exitCodes } from './context.ts'

/** What a build has come to, in one line. */
export function buildOutcome(
  { name, version, arch, stage, commands, isChanged }: BuiltModule,
  cwd: string,
): string {
  const module = `${name} ${version} for ${arch}`
  if (!isChanged && commands === 0) return `${module} is up to date`
  return `built ${module}: ${relative(cwd, stage) || stage}`
}

/** The machine, not the module. */
const environmental: ReadonlySet<Code> = new Set<Code>([
  ...(['BASE_ARCH_MISSING', 'BASE_NOT_FOUND', 'BASE_UNUSABLE', 'PREREQUISITE_MISSING'] as const),
  ...(['BUILD_BUSY', 'FILE_UNWRITABLE'] as const),
])

/** Exit code of a build that failed: 3 if the module is not to blame, else 1. */
export function buildFailureCode(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter((one) => hasErrors([one]))
  return errors.every(({ code }) => environmental.has(code))
    ? exitCodes.environment
    : exitCodes.errors
}
