// Builds the modules of a folder such as examples/modules, dependencies first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hashOf } from './compile.mjs'
import { expandDbd } from './dbd.mjs'
import { compileModule, dependencyText, installVersion } from './module-tree.mjs'

/**
 * @param {object} order
 * @param {string} order.from folder with one folder a module, each with its `module.json`
 * @param {string} order.tree where to install
 * @param {ReturnType<import('./toolchain.mjs').toolchainOf>} order.toolchain
 * @param {string} order.cache folder for objects
 * @param {(line: string) => void} order.say called before each module that is built
 */
export async function buildModules({ from, tree, toolchain, cache, say }) {
  const built = new Map()
  for (const module of inOrder(readModules(from))) {
    const dependencies = module.requires.map((name) => built.get(name))
    await buildOne(module, { dependencies, tree, toolchain, cache, say })
    built.set(module.name, { ...module, directory: join(tree, module.name, module.version) })
  }
  return [...built.values()]
}

function readModules(from) {
  const folders = readdirSync(from).map((name) => join(from, name))
  return folders
    .filter((folder) => existsSync(join(folder, 'module.json')))
    .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, 'module.json'), 'utf8')) }))
}

function inOrder(modules) {
  const ordered = []
  const visit = (module, parents) => {
    if (ordered.includes(module)) return
    if (parents.includes(module)) throw new Error(`${module.name} requires itself`)
    for (const name of module.requires) {
      const required = modules.find((other) => other.name === name)
      if (!required) throw new Error(`${module.name} requires ${name}, which is not there`)
      visit(required, [...parents, module])
    }
    ordered.push(module)
  }
  for (const module of modules) visit(module, [])
  return ordered
}

async function buildOne(module, { dependencies, tree, toolchain, cache, say }) {
  const { name, version, folder } = module
  const directory = join(tree, name, version)
  const dep = join('lib', toolchain.arch, `${name}.dep`)
  const key = keyOf(module, { dependencies, toolchain })
  const pins = dependencyText(dependencies, [`build ${key}`])
  if (isUpToDate(join(directory, dep), pins)) return

  say(`building ${name} ${version}`)
  const inFolder = (file) => join(folder, file)
  const dbdPath = [...dependencies.map((other) => join(other.directory, 'dbd')), toolchain.dbd]
  const dbd = expandDbd(module.dbds.map(inFolder), dbdPath)
  const library = await compileModule({
    name,
    version,
    folder,
    dbd,
    sources: module.sources.map(inFolder).map(readSource),
    includes: dependencies.map((other) => join(other.directory, 'include')),
    flags: ['-O2', '-g', '-Wall', '-Wextra'],
    toolchain,
    cache,
  })
  installVersion(directory, [
    { to: join('lib', toolchain.arch, `lib${name}.so`), from: library },
    { to: dep, text: pins },
    { to: `dbd/${name}.dbd`, text: dbd },
    ...module.templates.map((file) => ({ to: `db/${basename(file)}`, from: inFolder(file) })),
    ...module.headers.map((file) => ({ to: `include/${basename(file)}`, from: inFolder(file) })),
    ...module.snippets.map((file) => ({ to: basename(file), from: inFolder(file) })),
  ])
}

function readSource(file) {
  return { file, text: readFileSync(file, 'utf8') }
}

function isUpToDate(file, text) {
  return existsSync(file) && readFileSync(file, 'utf8') === text
}

// All files of the module, the headers of what it needs, and the generators themselves.
function keyOf(module, { dependencies, toolchain }) {
  const texts = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .flatMap((file) => [file, readFileSync(file, 'latin1')])
  return hashOf([
    ...texts(module.folder),
    ...dependencies.flatMap((other) => texts(join(other.directory, 'include'))),
    ...texts(dirname(new URL(import.meta.url).pathname)),
    ...toolchain.flags,
    ...toolchain.identity,
  ])
}
