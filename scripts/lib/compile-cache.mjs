// Makes the launcher start fast: see start-cached.cjs, which is what `dist/iocsh.cjs` becomes.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

/**
 * One run of a program, which has to succeed.
 *
 * @typedef {object} Run
 * @property {readonly string[]} [args]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {() => void} [before]
 * @property {string} [training] code of a module whose `train` gets what the program exports
 */

/**
 * Writes `<name>.bundle.js` and `<name>.cache`, which holds the code of all functions, or of those that
 * the last one of some runs needs.
 *
 * @param {string} code a CommonJS bundle in ASCII
 * @param {{ folder: string, name: string, runs?: readonly Run[] }} options where to
 */
export function writeCachedProgram(code, { folder, name, runs }) {
  if (/[^\x00-\x7f]/.test(code)) throw new Error(`${name} is not in ASCII: use \\u escapes`)
  const mark = createHash('sha256').update(code).digest('hex').slice(0, 16)
  const source = `(function(exports,require,module,__filename,__dirname){${code}\n})\n//${mark}\n`
  const [bundle, cache] = [`${folder}/${name}.bundle.js`, `${folder}/${name}.cache`]
  replaceFile(bundle, source)
  if (!runs) {
    replaceFile(cache, Buffer.concat([compile(source), Buffer.from(mark)]))
    return
  }
  const partial = `${cache}.${process.pid}`
  const program = fileURLToPath(new URL('compile-by-running.cjs', import.meta.url))
  const trainer = resolve(`${partial}.cjs`)
  for (const { args = [], env = process.env, before, training } of runs) {
    before?.()
    if (training !== undefined) writeFileSync(trainer, training)
    const trained = training === undefined ? '-' : trainer
    const words = [program, bundle, partial, mark, trained, ...args]
    try {
      execFileSync(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    } finally {
      rmSync(trainer, { force: true })
    }
  }
  renameSync(partial, cache)
}

/**
 * Writes `<name>.cjs`, which starts the program of that name, or `<name>-<command>` for commands that
 * have a program of their own.
 *
 * @param {{ folder: string, name: string, before: string, commands: readonly string[] }} options
 *   `before` runs before all else
 */
export function writeStarter({ folder, name, before, commands }) {
  const starter = readFileSync(new URL('start-cached.cjs', import.meta.url), 'utf8')
  const list = JSON.stringify(commands)
  replaceFile(`${folder}/${name}.cjs`, `${before}\n${starter.replace('__E3_COMMANDS__', list)}`)
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
