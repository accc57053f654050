// Hierarchical databases that are made flat.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../lib/prepare.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { medianOf, runToEnd } from './lib/timing.mjs'

/** Ten records and two ports; each card takes a port of the one before it. */
const card = `template("one card") {
  port(out, "$(P)R9.VAL")
  port(in, "$(P)R0")
}
${Array.from(
  { length: 10 },
  (_, n) => `record(calc, "$(P)R${n}") {
  field(DESC, "Value ${n} of $(NAME)")
  field(INPA, "${n === 0 ? '$(FROM)' : `$(P)R${n - 1}.VAL CP MS`}")
  field(CALC, "A+${n}")
  field(EGU, "mm")
  field(FLNK, "$(FLNK=)")
}
`,
).join('')}`

await benchmark('hierarchies: made flat', () => withSite(measure))

async function measure({ folder }) {
  const program = await bundle()
  const out = join(folder, 'out.db')
  const flatten = (file, ...more) => {
    const runs = Array.from({ length: Number(process.env.BENCH_RUNS ?? 3) }, () =>
      JSON.parse(runToEnd({ command: [process.execPath, program, file, out, ...more] })),
    )
    const [{ records, memory }] = runs
    const median = (key) => medianOf(runs.map((run) => run[key]))
    return { records, memory, time: median('time'), cpu: median('cpu') }
  }
  write(folder, 'card.vdb', card)
  write(folder, 'rack.vdb', chain('card', 100))
  const site = flatten(write(folder, 'site.vdb', racks(100)))
  const origins = flatten(join(folder, 'site.vdb'), 'origins')
  const million = flatten(write(folder, 'million.vdb', racks(1000)))
  // Of the processor: what else the machine does counts less than for times by the clock.
  const times = (one, other) => one.cpu / other.cpu
  return [
    { what: 'records, three levels', measured: site.records },
    { what: 'made flat and written', measured: site.time, limit: 1000, unit: 'ms' },
    { what: 'its memory', measured: site.memory, limit: 300, unit: 'MB' },
    { what: 'with the place of each text', measured: origins.time, limit: 1000, unit: 'ms' },
    { what: 'its memory', measured: origins.memory, limit: 300, unit: 'MB' },
    {
      what: `${million.records} records: times as long`,
      measured: times(million, site),
      limit: 14,
    },
    ...chainRows({ folder, flatten, times }),
    ...largeRows({ folder, flatten, times }),
  ]
}

/** The first value of a chain comes out at its end, through two ports of each instance. */
function chainRows({ folder, flatten, times }) {
  write(folder, 'link.vdb', 'template() {\n  port(out, "$(FROM)")\n  port(in, "$(FROM) $(P)")\n}\n')
  const chainOf = (count) =>
    flatten(
      write(
        folder,
        `chain${count}.vdb`,
        `record(ai, "$(c${count - 1}.in)")\n${chain('link', count)}`,
      ),
    )
  const long = chainOf(10_000)
  return [
    { what: 'chain of 10,000 instances', measured: long.time, unit: 'ms' },
    { what: 'times as long as one of 1,000', measured: times(long, chainOf(1000)), limit: 12 },
  ]
}

/** A template is read once, however often it is expanded. */
function largeRows({ folder, flatten, times }) {
  const layout = '#! Record("$(P)x",100,200,0,1,"a record of the drawing")\n'.repeat(20_000)
  write(folder, 'large.vdb', `record(ai, "$(P)x")\n${layout}`)
  const often = (count) => flatten(write(folder, `large${count}.vdb`, chain('large', count)))
  const measured = times(often(1000), often(1))
  return [{ what: 'template of 1 MB, 1,000 times to once', measured, limit: 5 }]
}

/** Each instance takes a port of the one before it. */
function chain(template, count) {
  return Array.from({ length: count }, (_, n) => {
    const from = template === 'large' ? '' : n === 0 ? 'start' : `$(c${n - 1}.out)`
    return `expand("${template}.vdb", c${n}) {\n  macro(P, "$(P)${n}:")\n  macro(FROM, "${from}")\n}\n`
  }).join('')
}

function racks(count) {
  return Array.from(
    { length: count },
    (_, n) => `expand("rack.vdb", r${n}) {\n  macro(P, "$(SITE)${n}:")\n}\n`,
  ).join('')
}

function write(folder, name, text) {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

async function bundle() {
  const outfile = join(root, 'build/bench/hierarchy-program.mjs')
  const entryPoints = [join(root, 'scripts/bench/hierarchy-program.ts')]
  await build({
    ...{ entryPoints, outfile, bundle: true, minify: true },
    ...{ platform: 'node', format: 'esm' },
  })
  return outfile
}
