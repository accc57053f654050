// What `iocsh` adds to the start of an IOC, up to the `exec`: compared with an empty Node program
// in the same run.
import { delimiter } from 'node:path'
import { folderOfStandIn, iocshPath, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf } from './lib/timing.mjs'

await benchmark('iocsh -r <4 modules>, up to the exec', () => withSite(measure))

async function measure({ folder, env, modules }) {
  const path = [folderOfStandIn(folder), env.PATH].join(delimiter)
  const { node, iocsh } = mediansOf(
    {
      node: { command: [process.execPath, '-e', '0'], env },
      iocsh: { command: [iocshPath, ...modules, '-dg'], env: { ...env, PATH: path } },
    },
    Number(process.env.BENCH_RUNS ?? 40),
  )
  return [
    { what: 'node -e 0', measured: node, unit: 'ms' },
    { what: 'iocsh', measured: iocsh, unit: 'ms' },
    { what: 'iocsh more than node', measured: iocsh - node, limit: 25, unit: 'ms' },
    { what: 'iocsh to node', measured: iocsh / node },
  ]
}
