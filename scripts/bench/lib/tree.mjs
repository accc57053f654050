// A module tree of any size: modules without a library, each pinned to the one before it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { arch } from '../../lib/architecture.mjs'

/**
 * @param {string} root
 * @param {{modules: number, versions: number}} size
 * @returns {string} the same folder
 */
export function writeTree(root, { modules, versions }) {
  for (let module = 0; module < modules; module++) {
    const text = module === 0 ? '' : `m${module - 1} 1.0.0\n`
    for (let version = 0; version < versions; version++) {
      const folder = join(root, `m${module}`, `1.${version}.0`, 'lib', arch)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `m${module}.dep`), text)
    }
  }
  return root
}
