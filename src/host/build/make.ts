import { findProgram } from '../find-program.ts'
import { buildFailure } from './failure.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** GNU make, which some systems call gmake. Throws `PREREQUISITE_MISSING`. */
export function makeProgram({ PATH }: Environment): string {
  const found = ['gmake', 'make'].find((name) => findProgram(name, PATH) !== undefined)
  if (found !== undefined) return found
  throw buildFailure('PREREQUISITE_MISSING', 'a module cannot be built: there is no GNU make', {
    hint: 'apt install make (Debian, Ubuntu) or dnf install make (RHEL, Alma, Rocky)',
  })
}

/**
 * The environment of a make that is not the child of another one (whose job server it could not
 * reach), and whose programs speak English: their messages are read.
 */
export function makeEnvironment(env: Environment): Environment {
  const { MAKEFLAGS: _flags, MFLAGS: _old, MAKELEVEL: _level, MAKEFILES: _files, ...rest } = env
  return { ...rest, LC_ALL: 'C' }
}
