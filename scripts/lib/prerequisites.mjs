// What has to be on the machine before anything of this repository can run.

import { findProgram } from './find-program.mjs'
import { capture, Stop } from './run.mjs'

const missing = {
  npm: 'npm is needed: apt-get install npm (Debian) or dnf install npm (RHEL)',
  python:
    'Python 3 with pip is needed: apt-get install python3-pip (Debian) or dnf install python3-pip (RHEL)',
  compiler: 'a C++ compiler is needed: apt-get install g++ (Debian) or dnf install gcc-c++ (RHEL)',
}

/** The checks that cost nothing. */
export function checkPrerequisites() {
  const [major] = process.versions.node.split('.')
  if (Number(major) < 20) {
    throw new Stop(
      `Node.js 20 or later is needed, this is ${process.version}: ` +
        'apt-get install nodejs (Debian 13) or dnf module install nodejs:20 (RHEL)',
      3,
    )
  }
  checkCompiler()
  if (!findProgram(['python3'])) throw new Stop(missing.python, 3)
}

/** `CXX` may have words of its own: `ccache g++`. */
function checkCompiler() {
  const [chosen] = (process.env.CXX ?? '').split(/\s+/).filter(Boolean)
  if (findProgram(chosen ? [chosen] : ['g++', 'c++', 'clang++'])) return
  throw new Stop(chosen ? `CXX names ${chosen}, which is not there` : missing.compiler, 3)
}

/** Pip is a part of its own on Debian; asking for it takes a while, so only before it is used. */
export async function checkPip() {
  const { status } = await capture('python3', ['-m', 'pip', '--version'])
  if (status !== 0) throw new Stop(missing.python, 3)
}

/**
 * The npm that runs this script, else the one of PATH.
 *
 * @returns {readonly [string, ...string[]]} program and its first arguments
 */
export function npmCommand() {
  const running = process.env.npm_execpath
  if (running?.endsWith('.js')) return [process.execPath, running]
  const npm = findProgram(['npm'])
  if (!npm) throw new Stop(missing.npm, 3)
  return [npm]
}
