import type { Toolchain } from '../../build/toolchain.ts'
import { splitShellWords } from '../../text/shell-words.ts'
import type { BaseInstallation } from '../base/locate.ts'
import { templatePath } from '../package-root.ts'
import { buildFailure } from './failure.ts'
import { makeEnvironment, makeProgram } from './make.ts'
import type { ToolchainRequest } from './toolchain.ts'

/** What a base says about one architecture. */
type Told = Omit<Toolchain, 'arch' | 'launcher' | 'identity'>

/** A makefile of a module is read with the same toolchain as the module is compiled. */
const known = new WeakMap<BaseInstallation, Map<string, Promise<Told>>>()

/**
 * Asks the makefiles of a base (`configure/CONFIG`) for compilers and flags of an architecture, cross
 * compilers among them, once.
 *
 * Throws `BASE_UNUSABLE`, `PREREQUISITE_MISSING`.
 */
export function askBase(request: ToolchainRequest): Promise<Told> {
  const { base, arch } = request
  const answers = known.get(base) ?? new Map<string, Promise<Told>>()
  const answer = answers.get(arch) ?? ask(request)
  known.set(base, answers.set(arch, answer))
  return answer
}

async function ask({ base, arch, env }: ToolchainRequest): Promise<Told> {
  const variables = [`EPICS_BASE=${base.directory}`, `EPICS_HOST_ARCH=${base.arch}`, `T_A=${arch}`]
  const { execa } = await import('execa')
  const { stdout, stderr, exitCode } = await execa(
    makeProgram(env),
    ['-s', '--no-print-directory', '-f', templatePath('base-flags.makefile'), ...variables],
    { env: makeEnvironment(env), extendEnv: false, stdin: 'ignore', reject: false },
  )
  if (exitCode !== 0) throw notTold(base.directory, arch, stderr)
  const told = new Map(
    stdout.split('\n').map((line) => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
  const words = (name: string): string[] =>
    splitShellWords({ text: told.get(name) ?? '' }).words.map(({ text }) => text)
  return {
    ...{ cc: words('CC'), cxx: words('CXX') },
    ...{ cppflags: words('CPPFLAGS'), cflags: words('CFLAGS'), cxxflags: words('CXXFLAGS') },
    ...{ includes: words('INCLUDES'), ldflags: words('LDFLAGS'), libs: words('LIBS') },
  }
}

function notTold(directory: string, arch: string, output: string) {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return buildFailure('BASE_UNUSABLE', `${directory} does not tell how to compile for ${arch}`, {
    notes: lines.slice(0, 5).map((message) => ({ message })),
    hint: 'the base must be configured for this architecture: see its configure/CONFIG_SITE',
  })
}
