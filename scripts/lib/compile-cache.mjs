// Makes the launcher start fast: see start-cached.cjs, which is what `dist/iocsh.cjs` becomes.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

/**
 * Writes `<name>.bundle.js` and `<name>.cache`, which holds the code of all functions, or of those that
 * a run needs.
 *
 * @param {string} code a CommonJS bundle in ASCII
 * @param {{ folder: string, name: string, run?: readonly string[], training?: string }} options
 *   where to; arguments of a run, or the code of a module that exports `train`
 */
export function writeCachedProgram(code, { folder, name, run = [], training }) {
  if (/[^\x00-\x7f]/.test(code)) throw new Error(`${name} is not in ASCII: use \\u escapes`)
  const mark = createHash('sha256').update(code).digest('hex').slice(0, 16)
  const source = `(function(exports,require,module,__filename,__dirname){${code}\n})\n//${mark}\n`
  const [bundle, cache] = [`${folder}/${name}.bundle.js`, `${folder}/${name}.cache`]
  replaceFile(bundle, source)
  if (run.length === 0 && training === undefined) {
    replaceFile(cache, Buffer.concat([compile(source), Buffer.from(mark)]))
    return
  }
  const partial = `${cache}.${process.pid}`
  const program = new URL('compile-by-running.cjs', import.meta.url).pathname
  const trainer = training === undefined ? '-' : resolve(`${partial}.cjs`)
  if (training !== undefined) writeFileSync(trainer, training)
  try {
    execFileSync(process.execPath, [program, bundle, partial, mark, trainer, ...run])
  } finally {
    rmSync(trainer, { force: true })
  }
  renameSync(partial, cache)
}

/**
 * Writes `<name>.cjs`, which starts the program of that name.
 *
 * @param {{ folder: string, name: string, before: string }} options `before` runs before all else
 */
export function writeStarter({ folder, name, before }) {
  const starter = readFileSync(new URL('start-cached.cjs', import.meta.url), 'utf8')
  replaceFile(`${folder}/${name}.cjs`, `${before}\n${starter}`)
}

/** All functions, not only those that run at once; V8 wants the same flags when it reads the code. */
function compile(source) {
  setFlagsFromString('--no-lazy')
  const script = new Script(source, { filename: 'bundle.js' })
  setFlagsFromString('--lazy')
  return script.createCachedData()
}

/** A start at the same time sees the old file or the new one. */
function replaceFile(path, content) {
  const partial = `${path}.${process.pid}`
  writeFileSync(partial, content)
  renameSync(partial, path)
}
