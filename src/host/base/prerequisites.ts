import { diagnostic } from '../../text/diagnostic.ts'
import { InstallFailure } from './failure.ts'
import { run } from './run.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What an installation needs from the machine. */
export interface Tools {
  readonly python: string
  /** A program, perhaps with words of its own: `ccache g++`. */
  readonly compiler: Command
}

type Command = readonly [string, ...string[]]

interface Prerequisite {
  readonly what: string
  readonly debian: string
  readonly rhel: string
}

const python: Prerequisite = { what: 'Python 3', debian: 'python3', rhel: 'python3' }
const pip: Prerequisite = { what: "Python's pip", debian: 'python3-pip', rhel: 'python3-pip' }
const compiler: Prerequisite = { what: 'a C++ compiler', debian: 'g++', rhel: 'gcc-c++' }

/**
 * Finds Python and a C++ compiler (`CXX`, words as a makefile has them, else the usual names); pip
 * only where it is needed.
 * Throws `PREREQUISITE_MISSING` with the package to install.
 */
export async function findTools(env: Environment, needsPip: boolean): Promise<Tools> {
  if (!(await works(['python3', '--version'], env))) throw missing(python)
  if (needsPip && !(await works(['python3', '-m', 'pip', '--version'], env))) throw missing(pip)
  return { python: 'python3', compiler: await findCompiler(env) }
}

/** The C++ compiler alone. Throws `PREREQUISITE_MISSING`. */
export async function findCompiler(env: Environment): Promise<Command> {
  const [program, ...words] = (env['CXX'] ?? '').split(/\s+/).filter(Boolean)
  const usual: readonly Command[] = [['c++'], ['g++'], ['clang++']]
  const candidates: readonly Command[] = program ? [[program, ...words]] : usual
  for (const candidate of candidates) {
    if (await works([...candidate, '--version'], env)) return candidate
  }
  throw program ? unusable([program, ...words].join(' ')) : missing(compiler)
}

async function works(command: Command, env: Environment): Promise<boolean> {
  return (await run(command, { env })).exitCode === 0
}

function unusable(chosen: string): InstallFailure {
  return new InstallFailure(
    diagnostic('PREREQUISITE_MISSING', `CXX names "${chosen}", which does not run as a compiler`, {
      hint: 'unset CXX, or another compiler: CXX=<compiler> e3 base install',
    }),
  )
}

function missing({ what, debian, rhel }: Prerequisite): InstallFailure {
  return new InstallFailure(
    diagnostic('PREREQUISITE_MISSING', `the embedded base needs ${what}, which is not installed`, {
      hint: `apt install ${debian} (Debian, Ubuntu) or dnf install ${rhel} (RHEL, Alma, Rocky)`,
    }),
  )
}
