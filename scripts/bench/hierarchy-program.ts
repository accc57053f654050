// Makes a hierarchical database flat as `e3 flatten -o` does; started by hierarchy.mjs, bundled as
// dist is. node hierarchy-program.mjs <file> <output> [origins]: prints a line of JSON.
import { flatten } from '../../src/hierarchy/flatten.ts'
import { createSourceReader } from '../../src/host/source-reader.ts'
import { writeOutput } from '../../src/host/write-output.ts'

const [, , path = '', output = '', origins] = process.argv
const started = performance.now()
const files = createSourceReader('/')
const read = files.read(path)
if (!('source' in read)) throw new Error(read.reason)
const { value, diagnostics } = flatten({
  top: { path, source: read.source, from: undefined },
  ...{ files, roots: { cwd: '/', includePath: undefined }, macros: new Map() },
  options: { origins: origins !== undefined },
})
if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message)
writeOutput(output, value.pieces.map((piece) => Buffer.from(piece)).values())
const time = performance.now() - started
const { user, system } = process.cpuUsage()
const memory = process.resourceUsage().maxRSS / 1024
const records = value.pieces.reduce((sum, piece) => sum + piece.split('\nrecord(').length - 1, 0)
console.log(JSON.stringify({ time, records, memory, cpu: (user + system) / 1000 }))
