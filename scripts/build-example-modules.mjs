// Compiles examples/modules into a module tree: build/modules, or the folder given as argument.
// It stands in for the module builder and will be replaced by it.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildModules } from './lib/example-modules.mjs'
import { toolchainOf } from './lib/toolchain.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const tree = process.argv[2] ?? `${root}build/modules`

try {
  await buildModules({
    from: `${root}examples/modules`,
    tree,
    toolchain: toolchainOf(process.env.EPICS_BASE || embeddedBase()),
    cache: `${root}build/objects`,
    say: (line) => console.error(line),
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

function embeddedBase() {
  return execFileSync(`${root}bin/e3`, ['base', 'path'], { encoding: 'utf8' }).trim()
}
