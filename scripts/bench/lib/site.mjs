// What the benchmarks run on: the built launcher, the base that is used, and a module tree of four
// modules that are compiled as any other.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../lib/find-program.mjs'
import { installModule, prepare, root } from '../../lib/prepare.mjs'

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
  const tree = join(root, 'build/bench/modules')
  for (const [index, name] of names.entries()) {
    const folder = join(root, 'build/bench/sources', name)
    mkdirSync(folder, { recursive: true })
    const needed = names.slice(Math.max(0, index - 1), index)
    const texts = {
      'module.yaml': recipeOf(name, needed),
      [`${name}.cpp`]: sourceOf(name),
      [`${name}.dbd`]: `registrar(${name}Registrar)\n`,
      [`${name}.db`]: `record(ai, "$(P)${name}") {}\n`,
    }
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text)
    await installModule(folder, { base, tree })
  }
  return tree
}

function recipeOf(name, needed) {
  const files = { sources: '*.cpp', dbds: '*.dbd', templates: '*.db' }
  return JSON.stringify({ name, version, ...files, ...(needed.length > 0 && { requires: needed }) })
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
