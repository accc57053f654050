import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { machineArchitecture } from '../../src/host/base/architecture.ts'

/** A base that is configured for a second architecture. */
export interface CrossBase {
  readonly directory: string
  /** `linux-aarch64` */
  readonly arch: string
  /** ELF's number of the machine. */
  readonly machine: number
  /** The C compiler; absolute. */
  readonly compiler: string
}

/**
 * A facility base with a cross toolchain in `configure`, on the libraries of an embedded base. Where
 * Debian's cross compiler is not installed, links to the compiler of this machine stand for it.
 */
export function makeCrossBase(directory: string, embedded: string): CrossBase {
  const host = machineArchitecture()
  const real = programOf('aarch64-linux-gnu-gcc')
  const tools = join(directory, 'tools', 'bin')
  mkdirSync(tools, { recursive: true })
  for (const name of ['gcc', 'g++']) {
    const program = programOf(real ? `aarch64-linux-gnu-${name}` : name) ?? name
    symlinkSync(realpathSync(program), join(tools, `x-${name}`))
  }
  for (const name of ['bin', 'dbd', 'include']) {
    symlinkSync(join(embedded, name), join(directory, name))
  }
  mkdirSync(join(directory, 'configure'))
  mkdirSync(join(directory, 'lib', crossArch), { recursive: true })
  symlinkSync(join(embedded, 'lib', host), join(directory, 'lib', host))
  copyFileSync(
    join(embedded, 'configure', 'CONFIG_BASE_VERSION'),
    join(directory, 'configure', 'CONFIG_BASE_VERSION'),
  )
  writeFileSync(join(directory, 'configure', 'CONFIG'), configText)
  const compiler = join(tools, 'x-gcc')
  for (const name of ['Com', 'dbCore']) {
    const library = join(directory, 'lib', crossArch, `lib${name}.so`)
    execFileSync(compiler, ['-shared', '-nostdlib', '-o', library, '-x', 'c', '/dev/null'])
  }
  return { directory, arch: crossArch, machine: real ? 183 : 62, compiler }
}

const crossArch = 'linux-aarch64'

/** What `configure/CONFIG` of a base gives to the makefiles that include it. */
const configText = `GNU_DIR = $(EPICS_BASE)/tools
OS_CLASS = Linux
CMPLR_CLASS = gcc
CC = gcc
CCC = g++
ifneq ($(T_A),$(EPICS_HOST_ARCH))
CC = $(GNU_DIR)/bin/x-gcc
CCC = $(GNU_DIR)/bin/x-g++
endif
CPPFLAGS = -D_GNU_SOURCE -DUNIX -Dlinux
CFLAGS = -O1
CXXFLAGS = -O1
`

function programOf(name: string): string | undefined {
  const { stdout, status } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Which machine each object and library below a folder is for. */
export function machinesBelow(folder: string): Set<number> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /\.(o|so)$/.test(name))
  return new Set(files.map((name) => readFileSync(join(folder, name)).readUInt16LE(18)))
}
