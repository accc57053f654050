// What `iocsh` adds to the start of an IOC, up to the `exec`: compared with an empty Node program
// in the same run. For an IOC that starts again, nothing having changed, for a start that is planned
// anew while its libraries are as they were, and for the first start.
import { rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
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
  const planned = launch('-c', neverRemembered, '-dg')
  const answers = join(folder, `iocsh-${process.getuid()}`, 'answers')
  const forget = () => rmSync(answers, { recursive: true, force: true })
  const { node, again, first, anew } = mediansOf(
    {
      node: { command: [process.execPath, '-e', '0'], env },
      ...{ again: launch('-dg'), first: { ...planned, before: forget }, anew: planned },
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
    { what: 'the first time, more than node', measured: first - node, unit: 'ms' },
  ]
}
