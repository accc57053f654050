// dist/<program>.cjs: starts <program>.bundle.js with the code that V8 compiled when dist/ was built,
// which saves 10 ms or more of each start. Another version of Node refuses that code, and compiles itself.
const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

const program = __filename.slice(0, -'.cjs'.length)
const filename = `${program}.bundle.js`
const source = readFileSync(filename, 'utf8')
const start = new Script(source, { filename, cachedData: compiledCode() }).runInThisContext()
start(exports, require, module, filename, __dirname)

// V8 compares only the length of the source: the mark at the end of both files says that they
// belong together.
function compiledCode() {
  try {
    const file = readFileSync(`${program}.cache`)
    const mark = file.latin1Slice(file.length - 16)
    return source.endsWith(`//${mark}\n`) ? file.subarray(0, -16) : undefined
  } catch {
    return undefined
  }
}
