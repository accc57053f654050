// Starts <program>.bundle.js with the code that V8 compiled when dist/ was built, which saves 10 ms or
// more of each start. Another version of Node refuses that code, and compiles itself. An old one must
// read all of this file to come to the sentence that refuses it: no syntax from after 2019.
const { readFileSync } = require('node:fs')
const { basename } = require('node:path')
const { Script } = require('node:vm')

const programs = new Map()
const instead = new Map()
// Of Node: packages name them at once, most runs use nothing of them, and they take milliseconds.
const rarelyUsed = new Set(
  ['child_process', 'crypto', 'http', 'net', 'os', 'v8'].map((name) => `node:${name}`),
)
// Commands with a program of their own: what the others need is not even read.
const commands = __E3_COMMANDS__
const [name, command] = [basename(__filename, '.cjs'), process.argv[2]]
run(commands.includes(command) ? `${name}-${command}` : name)

// What a program exports. `require('./name')` in it is another program of this folder; what it puts
// into `require.instead` is what later programs get for modules of Node.
function run(program) {
  const filename = `${__dirname}/${program}.bundle.js`
  // ASCII: as Latin-1 it is taken as it is, which saves milliseconds for a large program.
  const source = readFileSync(filename).latin1Slice()
  const cachedData = compiledCode(program, source)
  const start = new Script(source, { filename, cachedData }).runInThisContext()
  const part = { exports: {} }
  const requirePart = (id) => (id.startsWith('./') ? runOnce(id.slice(2)) : requireOther(id))
  requirePart.instead = instead
  start(part.exports, requirePart, part, filename, __dirname)
  return part.exports
}

function requireOther(id) {
  return instead.get(id) || (rarelyUsed.has(id) ? whenUsed(id) : require(id))
}

// Loaded when something of it is used.
function whenUsed(id) {
  return new Proxy({}, { get: (_, name) => require(id)[name] })
}

function runOnce(program) {
  if (!programs.has(program)) programs.set(program, run(program))
  return programs.get(program)
}

// V8 compares only the length of the source: the mark at the end of both files says that they
// belong together.
function compiledCode(program, source) {
  try {
    const file = readFileSync(`${__dirname}/${program}.cache`)
    const mark = file.latin1Slice(file.length - 16)
    return source.endsWith(`//${mark}\n`) ? file.subarray(0, -16) : undefined
  } catch {
    return undefined
  }
}
