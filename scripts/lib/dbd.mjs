// The little of database definitions that a module needs to be built: one file without includes,
// and the names that have to be registered.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const includeLine = /^[ \t]*include[ \t]*"([^"]*)"[ \t]*$/
const statement =
  /"(?:\\.|[^"\\])*"|#.*|^[ \t]*%.*|\b(recordtype|device|driver|link|registrar|function|variable)\s*\(((?:"(?:\\.|[^"\\])*"|[^")])*)\)/gm

/**
 * Text of dbd files with all their includes put in.
 *
 * @param {readonly string[]} files paths of dbd files
 * @param {readonly string[]} path folders for included files, after the folder of the includer
 * @returns {string}
 */
export function expandDbd(files, path) {
  return files.map((file) => expandFile(file, path, [])).join('')
}

function expandFile(file, path, parents) {
  if (parents.includes(file)) throw new Error(`${file}: includes itself`)
  const lines = readFileSync(file, 'utf8').replace(/\n$/, '').split('\n')
  const expanded = lines.map((line, index) => {
    const name = includeLine.exec(line)?.[1]
    if (name === undefined) return `${line}\n`
    const found = [dirname(file), ...path].map((folder) => join(folder, name)).find(existsSync)
    if (found) return expandFile(found, path, [...parents, file])
    throw new Error(`${file}:${index + 1}: "${name}" is in none of ${path.join(', ')}`)
  })
  return expanded.join('')
}

/**
 * What a dbd declares, by kind: the names of symbols, for variables with their type, for record
 * types the name of the type.
 *
 * @param {string} text dbd without includes
 */
export function declarationsOf(text) {
  const found = {
    recordTypes: [],
    devices: [],
    drivers: [],
    links: [],
    registrars: [],
    functions: [],
    variables: [],
  }
  for (const [, kind, list] of text.matchAll(statement)) {
    if (kind) addTo(found, kind, list.split(',').map(unquote))
  }
  return found
}

function addTo(found, kind, words) {
  const [first, second, third] = words
  if (kind === 'recordtype') found.recordTypes.push(first)
  if (kind === 'device') found.devices.push(third)
  if (kind === 'driver') found.drivers.push(first)
  if (kind === 'link') found.links.push(second)
  if (kind === 'registrar') found.registrars.push(first)
  if (kind === 'function') found.functions.push(first)
  if (kind === 'variable') found.variables.push({ name: first, type: second ?? 'int' })
}

function unquote(word) {
  return word.trim().replace(/^"(.*)"$/s, '$1')
}
