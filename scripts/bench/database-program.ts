// Loads databases as `e3 check` does; started by database.mjs, bundled as dist is.
// node database-program.mjs <folder of base> <template> <rows> [runs]: prints a line of JSON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDefinitions } from '../../src/database/definitions/definitions.ts'
import { createLoader } from '../../src/database/records/loader.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import { createSourceReader } from '../../src/host/source-reader.ts'

const [, , base = '', template = '', rows = '1', runs = '1'] = process.argv
const file = join(base, 'dbd/softIocPVA.dbd')
const definitions = createDefinitions()
const dbd = loadText(
  { name: file, text: readFileSync(file, 'utf8') },
  { macros: { list: '' }, limits: 'off' },
).text
definitions.load({ text: dbd, path: [], open: () => undefined, isTrusted: true })

let best = Number.POSITIVE_INFINITY
let first: number | undefined
let records = 0
let fields = 0
for (let run = 0; run < Number(runs); run++) {
  const started = performance.now()
  const read = createSourceReader('/').read(template)
  if ('reason' in read) throw new Error(`${template}: ${read.reason}`)
  const { source } = read
  const loader = createLoader({ definitions })
  for (let row = 0; row < Number(rows); row++) {
    const { isGood } = loader.load(source, { macros: { list: `P=SYS${row}:,R=DEV:,NAME=axis` } })
    if (!isGood) throw new Error(`${template}, row ${row}: not good`)
  }
  const time = performance.now() - started
  first ??= time
  best = Math.min(best, time)
  records = loader.database.records.size
  fields = 0
  for (const record of loader.database.records.values()) fields += record.fields.length
}
const memory = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ first, best, records, fields, memory }))
