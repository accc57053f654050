// The preparation that `npm run setup`, `npm start` and `npm test` share. Each step looks first
// whether there is anything to do; with nothing to do all of it takes less than half a second.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPip, checkPrerequisites, npmCommand } from './prerequisites.mjs'
import { capture, Stop } from './run.mjs'

/** Folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** The module tree of the examples. */
export const moduleTree = join(root, 'build/modules')

/**
 * @param {(line: string) => void} say told what is being done, before it is done
 * @returns {Promise<{base: string}>} folder of the EPICS base that is used
 */
export async function prepare(say) {
  checkPrerequisites()
  await installPackages(say)
  await buildCommands(say)
  const base = await prepareBase(say)
  await buildExamples(base, say)
  return { base }
}

async function installPackages(say) {
  if (packagesAreInstalled()) return
  say('installing npm packages')
  const [npm, ...args] = npmCommand()
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  // The versions of the lock file, as with `npm ci`. That however refuses to run where a mirror
  // lacks packages of other platforms, though nobody needs them there.
  await must('npm install', npm, [...args, 'install', '--no-save', ...quiet])
}

/** Npm keeps a copy of the lock file of what it has installed: no stamp of our own is needed. */
function packagesAreInstalled() {
  const wanted = lockedPackages('package-lock.json')
  const present = lockedPackages('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || present[path]?.version === version,
  )
}

function lockedPackages(file) {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {}
}

async function buildCommands(say) {
  const sources = ['src', 'scripts/build.mjs', 'scripts/lib', 'package.json'].map((path) =>
    join(root, path),
  )
  const newest = Math.max(...sources.flatMap(timesOf))
  const results = ['dist/iocsh.cjs', 'dist/e3.cjs', 'dist/index.js'].map((path) => join(root, path))
  if (results.every((file) => existsSync(file) && statSync(file).mtimeMs >= newest)) return
  say('building dist/')
  await must('the build', process.execPath, ['scripts/build.mjs'])
}

// A folder's own time tells of files that were removed.
function timesOf(path) {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return [mtimeMs]
  return [mtimeMs, ...readdirSync(path).flatMap((name) => timesOf(join(path, name)))]
}

async function prepareBase(say) {
  const e3 = join(root, 'dist/e3.cjs')
  const known = await capture(process.execPath, [e3, 'base', 'path'])
  if (known.status === 0) {
    const directory = known.stdout
    if (isEmbedded(directory)) await keepUp(e3, basename(directory))
    return directory
  }
  if (process.env.EPICS_BASE) throw new Stop(known.output, known.status)
  say('installing the embedded EPICS base')
  await checkPip()
  await must('e3 base install', process.execPath, [e3, 'base', 'install'])
  return (await must('e3 base path', process.execPath, [e3, 'base', 'path'])).stdout
}

function isEmbedded(directory) {
  return !process.env.EPICS_BASE && existsSync(join(directory, 'configure/e3-base.json'))
}

/** Makes an embedded base again that is damaged, or whose executable is of another source; says so itself. */
async function keepUp(e3, version) {
  const told = { stdio: ['ignore', 'pipe', 'inherit'] }
  const args = [e3, 'base', 'install', version]
  const { status } = await capture(process.execPath, args, told)
  if (status !== 0) throw new Stop(`e3 base install failed with status ${status}`, status)
}

/** What a module requires comes before it. */
async function buildExamples(base, say) {
  for (const name of ['simdevice', 'simramp']) {
    const folder = join(root, 'examples/modules', name)
    const installed = await installModule(folder, { base, tree: moduleTree })
    if (installed) say(installed)
  }
}

/**
 * Builds a module and puts it into a module tree of this repository; a module that has changed takes
 * the place of what is there.
 *
 * @param {string} folder of the module, which has its name
 * @param {{base: string, tree: string}} options the tree is searched for what it requires, too
 * @returns {Promise<string | undefined>} what `e3 install` says if it is new in the tree
 */
export async function installModule(folder, { base, tree }) {
  const args = ['install', folder, '--base', base, '--prefix', tree, '--create']
  const command = [join(root, 'dist/e3.cjs'), ...args]
  const first = await capture(process.execPath, command)
  if (first.output.includes('[VERSION_INSTALLED]')) {
    rmSync(join(tree, basename(folder)), { recursive: true })
  } else if (first.status === 0) {
    return first.stdout.startsWith('installed ') ? first.stdout : undefined
  }
  return (await must('e3 install', process.execPath, command)).stdout
}

/**
 * Runs a program that has to succeed.
 *
 * @param {string} name for the message
 * @param {string} program
 * @param {readonly string[]} args
 */
export async function must(name, program, args) {
  const result = await capture(program, args, { cwd: root })
  if (result.status === 0) return result
  throw new Stop(`${result.output}\n${name} failed with status ${result.status}`, result.status)
}
