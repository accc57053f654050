// Calls of the launcher that name a file: on a network file system each is a round trip. Counted are
// those of the shell, of Node itself, and of the launcher, up to the `exec`.
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { findProgram } from '../lib/find-program.mjs'
import { Stop } from '../lib/run.mjs'
import { folderOfStandIn, iocshPath, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { runToEnd } from './lib/timing.mjs'

await benchmark('file calls of iocsh -r <4 modules>', () => withSite(measure))

async function measure({ folder, env, modules }) {
  const strace = findProgram(['strace'])
  if (!strace) throw new Stop('strace is needed: apt-get install strace (Debian)', 3)
  // How many folders are searched for node is a matter of the user's PATH.
  const path = [folderOfStandIn(folder), dirname(process.execPath), '/usr/bin', '/bin']
  const calls = (name, command) =>
    callsOf([strace, '-f', '-e', 'trace=%file'], join(folder, name), {
      command,
      env: { ...env, PATH: path.join(delimiter) },
    })
  const node = calls('node.txt', [process.execPath, '-e', '0'])
  const start = [iocshPath, ...modules, '-dg']
  const first = beforeLastExec(calls('first.txt', start))
  const second = beforeLastExec(calls('second.txt', start))
  return [
    { what: 'node -e 0', measured: node.length },
    { what: 'first start', measured: first.length, limit: 240 },
    { what: 'again, which sweeps the first', measured: second.length, limit: 240 },
  ]
}

function callsOf([strace, ...options], file, { command, env }) {
  runToEnd({ command: [strace, ...options, '-o', file, ...command], env })
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\d+ +\w+\(/.test(line))
}

function beforeLastExec(calls) {
  return calls.slice(
    0,
    calls.findLastIndex((line) => /^\d+ +execve\(/.test(line)),
  )
}
