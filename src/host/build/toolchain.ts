import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Toolchain } from '../../build/toolchain.ts'
import { readCompileFlags } from '../base/flags.ts'
import type { BaseInstallation } from '../base/locate.ts'
import { findProgram } from '../find-program.ts'
import { askBase } from './base-makefiles.ts'
import { buildFailure } from './failure.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a toolchain is found for. */
export interface ToolchainRequest {
  readonly base: BaseInstallation
  /** Of the modules that are made; that of the base unless it is configured for others as well. */
  readonly arch: string
  readonly env: Environment
  readonly useCcache: boolean
}

/**
 * How to compile for a base: the embedded one tells its flags in `configure/e3-base.json`, any other
 * one in its makefiles. `CC` and `CXX` choose other compilers.
 *
 * Throws `PREREQUISITE_MISSING`, `BASE_UNUSABLE`.
 */
export async function findToolchain(request: ToolchainRequest): Promise<Toolchain> {
  const { base, arch, env, useCcache } = request
  const flags = readCompileFlags(base.directory)
  const told = flags ? { ...flags, ...plainCompilers(env) } : await askBase(request)
  const programs = [told.cc, told.cxx].map(([program = '']) => programPath(program, request))
  const ccache = useCcache ? findProgram('ccache', env['PATH']) : undefined
  return {
    ...told,
    arch,
    launcher: ccache === undefined ? [] : [ccache],
    identity: [
      ...[...programs, join(base.directory, 'include', 'epicsVersion.h')].map(identityOf),
      ...librariesOf(base, arch).map(identityOf),
      ...searchVariables.map((name) => `${name}=${env[name] ?? ''}`),
    ],
  }
}

/**
 * Ends a build for an architecture that the base is not built for, before anything is asked of the
 * modules for it.
 *
 * Throws `BASE_ARCH_MISSING`.
 */
export function requireArchitecture({ base, arch }: Pick<ToolchainRequest, 'base' | 'arch'>): void {
  if (arch === base.arch) return
  requireLibraries(base, arch)
  if (readCompileFlags(base.directory)) throw withoutArchitecture(base, arch)
}

/** Compilers and libraries of an embedded base are those of one machine. */
function withoutArchitecture({ directory, arch }: BaseInstallation, wanted: string) {
  return buildFailure('BASE_ARCH_MISSING', `the base ${directory} is not built for ${wanted}`, {
    notes: [{ message: `built for: ${arch}` }],
    hint: `name a base with cross compilers for ${wanted}: --base <directory>`,
  })
}

/** They change what compilers find. */
const searchVariables = ['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'LIBRARY_PATH']

function plainCompilers(env: Environment): Pick<Toolchain, 'cc' | 'cxx'> {
  const { CC, CXX } = env
  return {
    cc: CC ? words(CC) : [firstProgram(['gcc', 'cc', 'clang'], env)],
    cxx: CXX ? words(CXX) : [firstProgram(['g++', 'c++', 'clang++'], env)],
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function firstProgram(names: readonly string[], { PATH }: Environment): string {
  const found = names.find((name) => findProgram(name, PATH) !== undefined)
  if (found === undefined) throw missing(`none of the compilers ${names.join(', ')}`)
  return found
}

function programPath(program: string, { base, arch, env }: ToolchainRequest): string {
  const path = program.includes('/') ? program : findProgram(program, env['PATH'])
  if (path !== undefined && existsSync(path)) return path
  if (arch === base.arch) throw missing(`no program ${program}`)
  const site = join(base.directory, 'configure', 'os', `CONFIG_SITE.${base.arch}.${arch}`)
  throw missing(`no program ${program}`, `install it, or say where it is with GNU_DIR in ${site}`)
}

function missing(
  what: string,
  hint = 'apt install gcc g++ make (Debian, Ubuntu) or dnf install gcc gcc-c++ make (RHEL, Alma, Rocky)',
) {
  const message = `a module cannot be compiled: there is ${what}`
  return buildFailure('PREREQUISITE_MISSING', message, { hint })
}

/** A module without the shared libraries of its base would bring copies of them, or lack all. */
function requireLibraries(base: BaseInstallation, arch: string): void {
  const { directory } = base
  const names = namesIn(join(directory, 'lib'))
  // A path such as ../x is no architecture.
  if (names.includes(arch) && librariesOf(base, arch).length > 0) return
  const built = names.filter((name) => librariesOf(base, name).length > 0)
  const isStatic = existsSync(join(directory, 'lib', arch, 'libCom.a'))
  const reason = isStatic ? 'has only static libraries for' : 'is not built for'
  throw buildFailure('BASE_ARCH_MISSING', `the base ${directory} ${reason} ${arch}`, {
    notes: [{ message: `modules can be built for: ${built.join(', ') || 'none'}` }],
    hint: isStatic
      ? `set SHARED_LIBRARIES = YES in its configure/os/CONFIG_SITE.${base.arch}.${arch}, and make it again`
      : `a base that you build can have it: CROSS_COMPILER_TARGET_ARCHS = ${arch} in its configure/CONFIG_SITE`,
  })
}

function librariesOf({ directory }: BaseInstallation, arch: string): string[] {
  const folder = join(directory, 'lib', arch)
  const names = namesIn(folder).filter((name) => name.startsWith('libCom.so'))
  return names.map((name) => join(folder, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The file behind links, with size and time: another compiler or base is another text. */
function identityOf(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path)
    return `${realpathSync(path)} ${size} ${mtimeMs}`
  } catch {
    return `${path} missing`
  }
}
