import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../lib/prepare.mjs'

/**
 * Bundles a program of this folder as dist is.
 *
 * @param {string} name without `.ts`
 * @returns {Promise<string>} path of the program
 */
export async function bundleProgram(name) {
  const outfile = join(root, `build/bench/${name}.mjs`)
  const entryPoints = [join(root, `scripts/bench/${name}.ts`)]
  const form = { bundle: true, platform: 'node', format: 'esm', minify: true }
  await build({ entryPoints, outfile, ...form })
  return outfile
}
