// `e3 list` reads the whole tree, and is typed by people: it must answer at once.
import { join } from 'node:path'
import { root } from '../lib/prepare.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf } from './lib/timing.mjs'
import { writeTree } from './lib/tree.mjs'

const e3 = join(root, 'bin/e3')

await benchmark('e3 list of 1,000 modules x 50 versions', () => withSite(measure))

async function measure({ folder, env, base }) {
  const tree = writeTree(join(folder, 'tree'), { modules: 1000, versions: 50, base })
  const { node, all, one } = mediansOf(
    {
      node: { command: [process.execPath, '-e', '0'], env },
      all: { command: [e3, 'list', '-l', tree], env },
      one: { command: [e3, 'list', '-l', tree, 'm10'], env },
    },
    Number(process.env.BENCH_RUNS ?? 20),
  )
  return [
    { what: 'node -e 0', measured: node, unit: 'ms' },
    { what: 'e3 list', measured: all, limit: 300, unit: 'ms' },
    { what: 'e3 list m10', measured: one, limit: 300, unit: 'ms' },
  ]
}
