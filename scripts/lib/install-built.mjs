// Modules that `e3 build` makes, in a module tree.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Name of this machine in module trees. */
export const arch = { x64: 'linux-x86_64', arm64: 'linux-aarch64' }[process.arch] ?? 'linux-arm'

/**
 * Puts a built module into a tree, unless it is there already.
 *
 * @param {string} folder of the module
 * @param {string} tree
 * @returns {string | undefined} module and version, if it is new
 */
export function installBuilt(folder, tree) {
  const output = join(folder, '.e3', arch)
  const { module, version, stage } = JSON.parse(readFileSync(join(output, 'built.json'), 'utf8'))
  const target = join(tree, module, version)
  if (isSame(join(output, stage), target, `${module}_meta.yaml`)) return undefined
  replaceFolder(join(output, stage), target)
  return `${module} ${version}`
}

/** The meta file holds the hashes of all files. */
function isSame(stage, target, meta) {
  if (!existsSync(join(target, meta))) return false
  return readFileSync(join(stage, meta), 'utf8') === readFileSync(join(target, meta), 'utf8')
}

/** Whoever starts an IOC meanwhile sees the old folder or the new one. */
function replaceFolder(from, to) {
  const draft = `${to}.new-${process.pid}`
  mkdirSync(join(to, '..'), { recursive: true })
  cpSync(from, draft, { recursive: true })
  rmSync(to, { recursive: true, force: true })
  renameSync(draft, to)
}
