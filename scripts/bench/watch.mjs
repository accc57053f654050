// `e3 check --watch` on a tree of 100 files: from the save of one of them to the printed result.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../lib/prepare.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { medianOf } from './lib/timing.mjs'

const iocs = 10
const databases = 8
const rows = 50

await benchmark('e3 check --watch, 100 files: from a save to the result', () => withSite(measure))

async function measure({ folder, env }) {
  for (const [name, text] of treeFiles()) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const watching = startWatch(folder, env)
  try {
    const first = await watching.result()
    if (!first.includes(`${iocs * (databases + 2)} files`))
      throw new Error(`not 100 files: ${first}`)
    const template = await savesOf('ioc3/t4.template', templateText, { folder, watching })
    const script = await savesOf('ioc5/st.cmd', scriptText, { folder, watching })
    return [
      { what: 'a template', measured: template, limit: 100, unit: 'ms' },
      { what: 'a startup script', measured: script, limit: 100, unit: 'ms' },
    ]
  } finally {
    watching.stop()
  }
}

/** Ten IOCs: a startup script, a substitution file and eight templates each. */
function* treeFiles() {
  for (let ioc = 0; ioc < iocs; ioc++) {
    yield [`ioc${ioc}/st.cmd`, scriptText(false)]
    yield [`ioc${ioc}/all.substitutions`, substitutionsText(ioc)]
    for (let one = 0; one < databases; one++) {
      yield [`ioc${ioc}/t${one}.template`, templateText(false)]
    }
  }
}

function scriptText(isBad) {
  return `dbLoadTemplate ${isBad ? 'missing' : 'all'}.substitutions\niocInit\n`
}

function substitutionsText(ioc) {
  return Array.from({ length: databases }, (_, one) => {
    const sets = Array.from({ length: rows }, (_, row) => `  {"B${ioc}:T${one}:", ${row}}\n`).join(
      '',
    )
    return `file t${one}.template {\n  pattern {P, N}\n${sets}}\n`
  }).join('')
}

/** The wrong one has a field that no record has. */
function templateText(isBad) {
  const [value, desc] = ['$(P)$(N):Value', isBad ? 'DSEC' : 'DESC']
  return (
    `record(ai, "${value}") {\n  field(${desc}, "value $(N)")\n  field(SCAN, "1 second")\n` +
    `  field(FLNK, "$(P)$(N):Sum")\n}\nrecord(calc, "$(P)$(N):Sum") {\n  field(INPA, "${value} NPP")\n` +
    '  field(CALC, "A+1")\n}\n'
  )
}

/** The median of several saves, wrong and right in turn, in ms. */
async function savesOf(name, textOf, { folder, watching }) {
  const samples = []
  // Even: the last save is a right one.
  const runs = 2 * Math.ceil(Number(process.env.BENCH_RUNS ?? 20) / 2)
  for (let turn = -2; turn < runs; turn++) {
    const isBad = turn % 2 === 0
    const seen = watching.result()
    const started = performance.now()
    writeFileSync(join(folder, name), textOf(isBad))
    const result = await seen
    if (result.startsWith('nothing wrong') === isBad) throw new Error(`${name}: ${result}`)
    if (turn >= 0) samples.push(performance.now() - started)
    // The next save is not the same one for the file system, whose times may be coarse.
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  return medianOf(samples)
}

/** The summary is the last thing that is printed of a result. */
function startWatch(folder, env) {
  const child = spawn(join(root, 'bin/e3'), ['check', '--watch', '.'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  })
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]()
  return {
    async result() {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error('e3 check --watch has ended')
        if (/ in \d+ IOCs?, /.test(value)) return value
      }
    },
    stop: () => child.kill('SIGINT'),
  }
}
