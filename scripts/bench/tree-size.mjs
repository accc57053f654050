// The size of a module tree must not matter: only the modules that are asked for are looked at.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../lib/find-program.mjs'
import { Stop } from '../lib/run.mjs'
import { iocshPath, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf, runToEnd } from './lib/timing.mjs'
import { writeTree } from './lib/tree.mjs'

await benchmark('1,000 modules x 50 versions against 10 x 2', () => withSite(measure))

async function measure(site) {
  const small = start(site, { modules: 10, versions: 2 })
  const large = start(site, { modules: 1000, versions: 50 })
  const times = mediansOf({ small, large }, Number(process.env.BENCH_RUNS ?? 40))
  const calls = { small: fileCalls(small, site), large: fileCalls(large, site) }
  return [
    { what: '10 x 2', measured: times.small, unit: 'ms' },
    { what: '1,000 x 50', measured: times.large, unit: 'ms' },
    { what: '1,000 x 50 to 10 x 2', measured: times.large / times.small, limit: 1.2 },
    { what: 'file calls, 10 x 2', measured: calls.small },
    { what: 'file calls, 1,000 x 50', measured: calls.large, limit: calls.small },
  ]
}

function start({ folder, env }, size) {
  const tree = writeTree(join(folder, `tree-${size.modules}`), size)
  const script = ['require m3', 'require m5,1.0.0', 'require m7', ''].join('\n')
  return {
    command: [iocshPath, '-l', tree, '--dry-run', '-c', script],
    env,
  }
}

function fileCalls({ command, env }, { folder }) {
  const strace = findProgram(['strace'])
  if (!strace) throw new Stop('strace is needed: apt-get install strace (Debian)', 3)
  const file = join(folder, 'calls.txt')
  runToEnd({ command: [strace, '-f', '-e', 'trace=%file', '-o', file, ...command], env })
  return readFileSync(file, 'utf8').match(/^\d+ +\w+\(/gm)?.length ?? 0
}
