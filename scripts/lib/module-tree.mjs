// Puts a module into a module tree: <root>/<module>/<version>/{lib/<arch>,dbd,db,include,*.iocsh}.
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { compileLibrary } from './compile.mjs'
import { declarationsOf } from './dbd.mjs'
import { registrationSource } from './registration.mjs'

/**
 * Compiles the library of a module, with the generated sources that every module has: the version
 * it was built as, and its registration if it has a dbd.
 *
 * @param {object} module
 * @param {string} module.name
 * @param {string} module.version
 * @param {string} [module.dbd] expanded text
 * @param {boolean} [module.registration] false leaves the generated registration out
 * @param {string} module.folder of the module's sources, for messages of the compiler
 * @param {readonly {file: string, text: string}[]} module.sources
 * @returns {Promise<string>} path of the library
 */
export function compileModule(module) {
  const { name, version, dbd, folder, registration = true } = module
  const release = { file: join(folder, `${name}_version.c`), text: releaseSource(name, version) }
  const sources = [...module.sources, release]
  if (registration && dbd !== undefined) {
    const text = registrationSource(name, declarationsOf(dbd))
    sources.push({ file: join(folder, `${name}_registerRecordDeviceDriver.cpp`), text })
  }
  return compileLibrary({ ...module, sources })
}

// require.c compares this with the version that was asked for.
function releaseSource(name, version) {
  return `char _${name}LibRelease[] = ${JSON.stringify(version)};\n`
}

/**
 * Installs files as one version of a module: all of them or none, in place of what was there.
 *
 * @param {string} directory `<root>/<module>/<version>`
 * @param {readonly ({to: string, from: string} | {to: string, text: string})[]} files
 */
export function installVersion(directory, files) {
  const stage = join(dirname(directory), `.new-${process.pid}-${basename(directory)}`)
  const old = join(dirname(directory), `.old-${process.pid}-${basename(directory)}`)
  rmSync(stage, { recursive: true, force: true })
  for (const file of files) {
    const target = join(stage, file.to)
    mkdirSync(dirname(target), { recursive: true })
    if ('from' in file) copyFileSync(file.from, target)
    else writeFileSync(target, file.text)
  }
  moveAside(directory, old)
  renameSync(stage, directory)
  rmSync(old, { recursive: true, force: true })
}

function moveAside(directory, old) {
  try {
    renameSync(directory, old)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/**
 * Text of a `.dep` file.
 *
 * @param {readonly {name: string, version: string}[]} modules
 * @param {readonly string[]} comments further comment lines; short, as librequire reads 38 characters
 */
export function dependencyText(modules, comments = []) {
  const head = ['Generated file. Do not edit.', ...comments].map((line) => `# ${line}`)
  return [...head, ...modules.map(({ name, version }) => `${name} ${version}`), ''].join('\n')
}
