// Compiles sources to a shared object. Objects and libraries are kept in a folder under a hash of
// all that goes into them, so that nothing is compiled twice.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

/**
 * @param {object} job
 * @param {string} job.name of the library, without `lib` and `.so`
 * @param {readonly {file: string, text: string}[]} job.sources `file` is where `text` belongs: its
 *   folder is searched for headers, its name tells the language; it needs not exist
 * @param {readonly string[]} job.includes further folders with headers
 * @param {readonly string[]} job.flags further compile flags
 * @param {readonly string[]} job.linkFlags further link flags
 * @param {ReturnType<import('./toolchain.mjs').toolchainOf>} job.toolchain
 * @param {string} job.cache folder of the results
 * @returns {Promise<string>} path of the library in the cache
 */
export async function compileLibrary(job) {
  const { name, toolchain, cache, linkFlags = [] } = job
  mkdirSync(cache, { recursive: true })
  const objects = []
  // One compiler after the other for a module: the modules of a test run side by side anyway.
  for (const source of job.sources) objects.push(await compileObject(source, job))

  const link = ['-shared', '-fPIC', ...toolchain.link, ...linkFlags]
  const library = join(
    cache,
    `lib${name}-${hashOf([...objects, ...link, ...toolchain.identity])}.so`,
  )
  await once(library, (out) => [
    toolchain.cxx,
    ['-shared', '-fPIC', '-o', out, ...objects, ...toolchain.link, ...linkFlags],
  ])
  return library
}

async function compileObject({ file, text }, { includes = [], flags = [], toolchain, cache }) {
  const folders = [dirname(file), ...includes]
  const isC = extname(file) === '.c'
  const options = [
    ...(isC ? [] : ['-std=c++11']),
    ...toolchain.flags,
    ...flags,
    ...folders.map((folder) => `-I${folder}`),
  ]
  const key = hashOf([text, ...options, ...toolchain.identity, ...folders.flatMap(headersIn)])
  const stem = basename(file, extname(file))
  const object = join(cache, `${stem}-${key}.o`)
  const compiler = isC ? toolchain.cc : toolchain.cxx
  const language = isC ? 'c' : 'c++'
  await once(object, (out) => [
    compiler,
    ['-x', language, ...options, '-c', '-o', out, '-'],
    `#line 1 "${file}"\n${text}`,
  ])
  return object
}

// All headers beside a source count as used by it: simple, and right.
function headersIn(folder) {
  if (!existsSync(folder)) return []
  const headers = readdirSync(folder).filter((name) => /\.(h|hpp|hh)$/.test(name))
  return headers.sort().flatMap((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

/** Makes a file unless it exists; it appears complete or not at all, also with two at once. */
async function once(file, command) {
  if (existsSync(file)) return
  const partial = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  await run(...command(partial))
  renameSync(partial, file)
}

function run(program, args, input = '') {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim()
      if (error) reject(new Error(`${basename(program)} failed:\n${output || error.message}`))
      else resolve(output)
    })
    child.stdin.on('error', () => {}) // the compiler ended early: its own message says why
    child.stdin.end(input)
  })
}

/**
 * @param {readonly string[]} parts
 * @returns {string} 16 hexadecimal digits
 */
export function hashOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, 16)
}
