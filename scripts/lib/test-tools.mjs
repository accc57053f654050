// What the tests need beside the product: EPICS clients from the Python package index, later versions
// of Node.js, and some programs of the system. Without the latter their tests are skipped, but not in
// CI.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './find-program.mjs'
import { must, root } from './prepare.mjs'
import { checkPip } from './prerequisites.mjs'
import { capture, Stop } from './run.mjs'

const pythonPackages = ['p4p==4.3.*', 'caproto==1.3.*', 'run-iocsh==3.1.*']

/** Program and its Debian package. */
const systemPrograms = {
  procServ: 'procserv',
  strace: 'strace',
  gdb: 'gdb',
  valgrind: 'valgrind',
  zsh: 'zsh',
  ccache: 'ccache',
}

/** Folder of the Python packages, without a virtual environment: it goes into PYTHONPATH. */
export const pythonFolder = join(root, 'build/python')

/** Major versions of Node.js that the product is tried with, beside the one that runs the tests. */
const nodeVersions = ['22', '24']

/** Has a folder for each version, with `bin/node`. */
const nodeFolder = join(root, 'build/node')

/** @param {(line: string) => void} say */
export async function prepareTestTools(say) {
  await installPythonPackages(say)
  await installNodes(say)
  await installSystemPrograms(say)
}

async function installPythonPackages(say) {
  const stamp = join(pythonFolder, '.installed')
  const python = findProgram(['python3'])
  const wanted = `${[python, ...pythonPackages].join('\n')}\n`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say(`installing Python packages for the tests: ${pythonPackages.join(', ')}`)
  await checkPip()
  const stage = `${pythonFolder}.new-${process.pid}`
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-warn-conflicts']
  const options = ['--target', stage, '--no-compile', '--root-user-action=ignore']
  mkdirSync(join(root, 'build'), { recursive: true })
  try {
    await must('pip', 'python3', ['-m', 'pip', 'install', ...quiet, ...options, ...pythonPackages])
    writeFileSync(join(stage, '.installed'), wanted)
    rmSync(pythonFolder, { recursive: true, force: true })
    renameSync(stage, pythonFolder)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** From npm, where there are packages for the usual architectures. */
async function installNodes(say) {
  const { arch, pid } = process
  const missing = nodeVersions.filter((version) => !existsSync(join(nodeFolder, version)))
  if (missing.length === 0) return
  say(`installing Node.js ${missing.join(', ')} for the tests`)
  for (const version of missing) {
    const stage = join(nodeFolder, `.new-${version}-${pid}`)
    const name = `node-linux-${arch}`
    mkdirSync(stage, { recursive: true })
    try {
      const options = ['--no-save', '--no-audit', '--prefix', stage]
      await must('npm', 'npm', ['install', ...options, `${name}@${version}`])
      renameSync(join(stage, 'node_modules', name), join(nodeFolder, version))
    } finally {
      rmSync(stage, { recursive: true, force: true })
    }
  }
}

async function installSystemPrograms(say) {
  const absent = Object.keys(systemPrograms).filter((program) => !findProgram([program]))
  if (absent.length === 0) return
  const packages = absent.map((program) => systemPrograms[program])
  const installed = process.getuid?.() === 0 && (await aptInstall(packages, say))
  if (installed) return
  const command = `apt-get install ${packages.join(' ')}`
  if (process.env.CI === 'true') throw new Stop(`missing: ${absent.join(', ')} (${command})`, 3)
  say(`skipping the tests that need ${absent.join(', ')} (${command})`)
}

async function aptInstall(packages, say) {
  if (!findProgram(['apt-get'])) return false
  say(`installing Debian packages for the tests: ${packages.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  if ((await capture('apt-get', install, { env })).status === 0) return true
  await capture('apt-get', ['update', '-q'], { env })
  const { status, output } = await capture('apt-get', install, { env })
  if (status !== 0) say(`apt-get failed: ${output.split('\n').at(-1)}`)
  return status === 0
}
