// How to compile for an EPICS base: compilers, flags, folders.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const architectures = { x64: 'linux-x86_64', arm64: 'linux-aarch64', arm: 'linux-arm' }
const libraries = ['dbRecStd', 'dbCore', 'ca', 'Com']

/** The usual flags of base for Linux; an embedded base says its own in `e3-base.json`. */
const linuxFlags = ['-D_GNU_SOURCE', '-D_DEFAULT_SOURCE', '-DUNIX', '-Dlinux']

/**
 * @param {string} base folder of an EPICS base
 * @returns what a compile step needs; `identity` changes when objects have to be made anew
 */
export function toolchainOf(base) {
  const arch = architectureOf(base)
  const cxx = findProgram(process.env.CXX ? [process.env.CXX] : ['g++', 'c++', 'clang++'])
  const cc = findProgram(process.env.CC ? [process.env.CC] : ['gcc', 'cc', 'clang'])
  if (!cxx || !cc) throw new Error('no C++ compiler: install g++ (Debian) or gcc-c++ (RHEL)')
  const flags = [...baseFlags(base), '-DUSE_TYPED_RSET', '-DUSE_TYPED_DSET', '-fPIC']
  const includes = ['include', 'include/os/Linux', 'include/compiler/gcc']
    .map((folder) => join(base, folder))
    .filter(existsSync)
  const libraryDir = join(base, 'lib', arch)
  return {
    arch,
    cxx,
    cc,
    flags: [...flags, ...includes.map((folder) => `-I${folder}`)],
    link: [`-L${libraryDir}`, ...libraries.map((name) => `-l${name}`)],
    dbd: join(base, 'dbd'),
    identity: [cxx, cc, join(libraryDir, 'libCom.so'), join(base, 'include/epicsVersion.h')].map(
      fileIdentity,
    ),
  }
}

function architectureOf(base) {
  const wanted = process.env.EPICS_HOST_ARCH ?? architectures[process.arch]
  if (wanted && existsSync(join(base, 'lib', wanted))) return wanted
  const present = existsSync(join(base, 'lib')) ? readdirSync(join(base, 'lib')) : []
  throw new Error(
    `${base} has no libraries for ${wanted} (it has: ${present.join(', ') || 'none'})`,
  )
}

function baseFlags(base) {
  const file = join(base, 'configure/e3-base.json')
  if (!existsSync(file)) return linuxFlags
  const { flags } = JSON.parse(readFileSync(file, 'utf8'))
  return flags.cppflags
}

function fileIdentity(file) {
  const { size, mtimeMs } = statSync(file)
  return `${realpathSync(file)} ${size} ${mtimeMs}`
}

/**
 * Path of the first of these programs that PATH has.
 *
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  for (const name of names) {
    if (name.includes('/')) return existsSync(name) ? name : undefined
    const folder = folders.find((candidate) => existsSync(join(candidate, name)))
    if (folder) return join(folder, name)
  }
  return undefined
}
