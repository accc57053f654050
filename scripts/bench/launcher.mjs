// What `iocsh` adds to the start of an IOC, up to the `exec`: compared with an empty Node program
// in the same run. Once for an IOC that starts again, nothing having changed, and once for a start
// that is planned and checked anew.
import { delimiter } from 'node:path'
import { folderOfStandIn, iocshPath, neverRemembered, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf } from './lib/timing.mjs'

await benchmark('iocsh -r <4 modules>, up to the exec', () => withSite(measure))

async function measure({ folder, env, modules }) {
  const path = [folderOfStandIn(folder), env.PATH].join(delimiter)
  const launch = (...args) => ({
    command: [iocshPath, ...modules, ...args],
    env: { ...env, PATH: path },
  })
  const { node, again, anew } = mediansOf(
    {
      node: { command: [process.execPath, '-e', '0'], env },
      again: launch('-dg'),
      anew: launch('-c', neverRemembered, '-dg'),
    },
    Number(process.env.BENCH_RUNS ?? 40),
  )
  return [
    { what: 'node -e 0', measured: node, unit: 'ms' },
    { what: 'iocsh again', measured: again, unit: 'ms' },
    { what: 'iocsh again, more than node', measured: again - node, limit: 25, unit: 'ms' },
    { what: 'iocsh anew', measured: anew, unit: 'ms' },
    { what: 'iocsh anew, more than node', measured: anew - node, unit: 'ms' },
    { what: 'iocsh anew to node', measured: anew / node, limit: 2.5 },
  ]
}
