// npm run bench [-- name ...]: all benchmarks, or those that are named, one after the other.
const known = [
  'launcher',
  'file-calls',
  'resident',
  'tree-size',
  'list',
  'build',
  'nested',
  'prompt',
  'database',
  'hierarchy',
  'macro-rules',
  'watch',
]
const named = process.argv.slice(2)
const unknown = named.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}: there are ${known.join(', ')}`)
  process.exitCode = 2
} else {
  for (const name of named.length > 0 ? named : known) await import(`./${name}.mjs`)
}
