// node compile-by-running.cjs <bundle> <cache> <mark> [<training>] [argument ...]: runs a program of dist/
// once and keeps the code that V8 compiled meanwhile. That is what each start needs; all the rest of
// a large program takes longer to read than to compile when it is called. A program that only exports
// functions is given to `train` of a module (`-` for none).
const { readFileSync, writeFileSync } = require('node:fs')
const { dirname } = require('node:path')
const { Script } = require('node:vm')

const [bundle, cache, mark, training, ...words] = process.argv.slice(2)
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle })
process.argv.splice(1, process.argv.length, bundle, ...words)
process.on('exit', () => {
  writeFileSync(cache, Buffer.concat([script.createCachedData(), Buffer.from(mark)]))
})
const part = { exports: {} }
script.runInThisContext()(part.exports, require, part, bundle, dirname(bundle))
if (training !== '-') require(training).train(part.exports)
