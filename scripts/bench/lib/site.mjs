// What the benchmarks run on: the built launcher, the base that is used, and a module tree of four
// modules that are compiled as any other.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileModule, dependencyText, installVersion } from '../../lib/module-tree.mjs'
import { prepare, root } from '../../lib/prepare.mjs'
import { findProgram, toolchainOf } from '../../lib/toolchain.mjs'

/** The launcher of this repository. */
export const iocshPath = join(root, 'bin/iocsh')

/** For `-c`: plans of starts that name a variable of the session are not kept. */
export const neverRemembered = '# SSH_TTY'

const version = '1.0.0+0'
const names = ['benchone', 'benchtwo', 'benchthree', 'benchfour']

/**
 * @typedef {object} Site
 * @property {string} base folder of the EPICS base
 * @property {string} folder for files of the benchmark; removed at its end
 * @property {NodeJS.ProcessEnv} env environment for programs that are measured: nothing of a site
 * @property {readonly string[]} modules arguments of `iocsh` for the four modules
 */

/**
 * @template Result
 * @param {(site: Site) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withSite(use) {
  const { base } = await prepare((line) => console.log(`setup: ${line}`))
  const tree = await fourModules(base)
  const folder = mkdtempSync(join(tmpdir(), 'iocsh-bench-'))
  try {
    const modules = ['-l', tree, ...names.flatMap((name) => ['-r', name])]
    return await use({ base, folder, modules, env: environmentOf(base, folder) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Run directories go to the folder, so that those of other starts are not swept and not counted. */
function environmentOf(base, folder) {
  const { HOME, PATH, USER, LANG } = process.env
  return { HOME, PATH, USER, LANG, EPICS_BASE: base, XDG_RUNTIME_DIR: folder, ...onlyHere }
}

/** Channel Access and PV Access stay on this machine, on ports that nobody has asked for. */
const onlyHere = {
  EPICS_CA_AUTO_ADDR_LIST: 'NO',
  EPICS_CA_ADDR_LIST: '127.0.0.1',
  EPICS_CAS_INTF_ADDR_LIST: '127.0.0.1',
  EPICS_CAS_SERVER_PORT: '0',
  EPICS_PVA_AUTO_ADDR_LIST: 'NO',
  EPICS_PVA_ADDR_LIST: '127.0.0.1',
  EPICS_PVAS_INTF_ADDR_LIST: '127.0.0.1',
  EPICS_PVAS_SERVER_PORT: '0',
}

/** Each needs the one before it, so that a start checks four libraries and their dependencies. */
async function fourModules(base) {
  const toolchain = toolchainOf(base)
  const tree = join(root, 'build/bench/modules')
  for (const [index, name] of names.entries()) {
    const dbd = `registrar(${name}Registrar)\n`
    const source = { file: join(tree, `${name}.cpp`), text: sourceOf(name) }
    const job = { name, version, dbd, folder: tree, sources: [source], flags: ['-O2'] }
    const library = await compileModule({
      ...job,
      ...{ toolchain, cache: join(root, 'build/objects') },
    })
    const needed = names.slice(Math.max(0, index - 1), index)
    const pins = dependencyText(needed.map((other) => ({ name: other, version })))
    installVersion(join(tree, name, version), [
      { to: join('lib', toolchain.arch, `lib${name}.so`), from: library },
      { to: join('lib', toolchain.arch, `${name}.dep`), text: pins },
      { to: `dbd/${name}.dbd`, text: dbd },
      { to: `db/${name}.db`, text: `record(ai, "$(P)${name}") {}\n` },
    ])
  }
  return tree
}

function sourceOf(name) {
  return `#include <epicsExport.h>
static void ${name}Registrar(void) {}
extern "C" { epicsExportRegistrar(${name}Registrar); }
`
}

/**
 * The folder of a program `gdb` that does nothing: with it in front of PATH, `iocsh -dg` does all
 * that a start needs, on the real base, and what it becomes ends at once.
 *
 * @param {string} folder
 */
export function folderOfStandIn(folder) {
  const bin = join(folder, 'bin')
  const nothing = findProgram(['true'])
  if (!nothing) throw new Error('there is no program "true"')
  mkdirSync(bin, { recursive: true })
  if (!existsSync(join(bin, 'gdb'))) symlinkSync(nothing, join(bin, 'gdb'))
  return bin
}
