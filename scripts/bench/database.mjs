// Records that are read and checked, compared with the IOC and with other readers of databases.
import { spawnSync } from 'node:child_process'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../lib/prepare.mjs'
import { bundleProgram } from './lib/bundle.mjs'
import { plainDatabase } from './lib/plain-database.mjs'
import { folderOfStandIn, iocshPath, neverRemembered, withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf, runToEnd } from './lib/timing.mjs'

const forms = [
  (n) => `record(ai, "$(P)$(R)AI${n}") {
  field(DESC, "Analog input ${n} of $(NAME=device)")
  field(DTYP, "Soft Channel")
  field(INP, "$(P)$(R)CALC${n + 1}.VAL CP MS")
  field(SCAN, ".5 second")
  field(EGU, "mm")
  field(PREC, "3")
  field(HOPR, "100")
  field(LOPR, "-100.5")
  field(HIHI, "${n}")
  field(HHSV, "MAJOR")
}
`,
  (n) => `record(calc, "$(P)$(R)CALC${n}") {
  field(CALC, "A+B*${n}")
  field(INPA, "$(P)$(R)AI${n - 1}")
  field(INPB, "${n}")
  field(PREC, "2")
  field(FLNK, "$(P)$(R)BO${n + 1}")
  field(EGU, "$(EGU=V)")
}
`,
  (n) => `record(bo, "$(P)$(R)BO${n}") {
  field(DESC, "switch")
  field(ZNAM, "Off")
  field(ONAM, "On")
  field(OUT, "$(P)$(R)AI${n - 2}.PROC PP")
  field(PINI, "YES")
  info(autosaveFields, "VAL")
}
`,
  (n) => `record(mbbi, "$(P)$(R)MB${n}") {
  field(ZRVL, "0")
  field(ONVL, "1")
  field(TWVL, "0x2")
  field(ZRST, "Idle")
  field(ONST, "Moving")
  field(TWST, "Error")
  field(TWSV, "MAJOR")
  field(INP, "$(P)$(R)BO${n - 1} NPP NMS")
}
`,
]

await benchmark('databases: read, expanded, checked', () => withSite(measure))

async function measure({ base, folder, env }) {
  const program = await bundleProgram('database-program')
  const small = write(folder, 'small.template', 500)
  const large = write(folder, 'one.db', 100_000)
  const plain = [100_000, 1_000_000].map((count) => {
    const file = join(folder, `plain-${count}.db`)
    writeFileSync(file, plainDatabase(count))
    return file
  })
  const load = (template, rows, runs = 1) => {
    const args = [program, base, template, String(rows), String(runs)]
    return JSON.parse(runToEnd({ command: [process.execPath, ...args] }))
  }
  const warm = load(small, 200, 5)
  const once = load(small, 200)
  const whole = load(large, 1, 3)
  const [one, again, largest] = [load(plain[0], 1), load(plain[0], 1, 5), load(plain[1], 1)]
  const million = load(small, 2000)
  const ioc = timeOfIoc({ base, folder, env, template: small, rows: 200 })
  return [
    ...rates('a template', warm),
    { what: '100,000 records by 200 rows', measured: once.first, limit: 1000, unit: 'ms' },
    { what: 'its memory', measured: once.memory, limit: 400, unit: 'MB' },
    {
      what: 'e3 check of these, all rules',
      measured: timeOfCheck(folder, env),
      limit: 1000,
      unit: 'ms',
    },
    { what: '100,000 records in one file, with macros', measured: whole.best, unit: 'ms' },
    ...rates('one file without macros', again),
    { what: 'its first load', measured: one.first, limit: 500, unit: 'ms' },
    { what: 'its memory', measured: one.memory, limit: 400, unit: 'MB' },
    { what: '1,000,000 records: times as long', measured: largest.first / one.first, limit: 14 },
    { what: '1,000,000 records: times as long', measured: million.first / once.first, limit: 14 },
    ...(await startRows({ folder, env })),
    { what: 'softIocPVA, 200 rows', measured: ioc, unit: 'ms' },
    { what: 'we need, of its time', measured: once.first / ioc, limit: 1 },
    ...others(folder, once.first / 200),
  ]
}

/** From the start of `e3 check` to its end, for an IOC that loads a template for 200 rows. */
function timeOfCheck(folder, env) {
  const rows = Array.from({ length: 200 }, (_, row) => `  {"SYS${row}:", "DEV:", "axis"}\n`)
  const text = `file small.template {\n  pattern {P, R, NAME}\n${rows.join('')}}\n`
  writeFileSync(join(folder, 'rows.substitutions'), text)
  writeFileSync(join(folder, 'rows.cmd'), 'dbLoadTemplate rows.substitutions\niocInit\n')
  const check = { command: [join(root, 'bin/e3'), 'check', 'rows.cmd'], env, cwd: folder }
  return mediansOf({ check }, 5).check
}

/** What is read and checked in a second. */
function rates(what, { records, fields, best }) {
  const rate = (count) => (count / best) * 1000
  return [
    { what: `${what}: records/s`, measured: rate(records), least: 200_000, unit: '/s' },
    { what: `${what}: fields/s`, measured: rate(fields), least: 1_000_000, unit: '/s' },
  ]
}

/** What the check of 1,000 records adds to a start, up to the `exec`. */
async function startRows({ folder, env }) {
  const [steady, changing] = ['steady', 'changing'].map((name) => {
    const database = write(folder, `${name}.db`, 1000)
    const script = join(folder, `${name}.cmd`)
    writeFileSync(script, `dbLoadRecords("${database}", "P=SYS:,R=DEV:")\n`)
    return { database, script }
  })
  await delay(2100) // plans of files that have just changed are not remembered
  const path = [folderOfStandIn(folder), env.PATH].join(delimiter)
  const start = (script, ...words) => ({
    command: [iocshPath, ...words, script, '-dg'],
    env: { ...env, PATH: path },
  })
  const anew = (...words) => start(steady.script, '-c', neverRemembered, ...words)
  const changed = {
    ...start(changing.script),
    before: () => utimesSync(changing.database, new Date(), new Date()),
  }
  const { plain, again, unchecked, known, checked } = mediansOf(
    {
      ...{ plain: start(steady.script, '--no-check'), again: start(steady.script) },
      ...{ unchecked: anew('--no-check'), known: anew(), checked: changed },
    },
    Number(process.env.BENCH_RUNS ?? 20),
  )
  return [
    { what: 'iocsh --no-check, 1,000 records', measured: plain, unit: 'ms' },
    { what: 'iocsh, nothing has changed', measured: again, unit: 'ms' },
    { what: 'more than without check', measured: again - plain, limit: 20, unit: 'ms' },
    { what: 'iocsh, planned anew', measured: known, unit: 'ms' },
    { what: 'more than planned without check', measured: known - unchecked, limit: 20, unit: 'ms' },
    { what: 'iocsh, the database has changed', measured: checked, unit: 'ms' },
    { what: 'more than planned without check', measured: checked - unchecked, unit: 'ms' },
  ]
}

/** The time of an IOC that loads, less that of one that loads nothing. */
function timeOfIoc({ base, folder, env, template, rows }) {
  const lines = Array.from(
    { length: rows },
    (_, row) => `dbLoadRecords ${template} "P=SYS${row}:,R=DEV:,NAME=axis"`,
  )
  const run = (name, script) => {
    const file = join(folder, name)
    writeFileSync(file, `${script.join('\n')}\nexit\n`)
    const executable = join(base, 'bin/linux-x86_64/softIocPVA')
    const started = performance.now()
    runToEnd({ command: [executable, file], env, input: 'exit\n' })
    return performance.now() - started
  }
  const empty = run('empty.cmd', [])
  return run('load.cmd', lines) - empty
}

/** Readers from the Python package index, one template; a row says so where one is missing. */
function others(folder, ours) {
  const target = join(root, 'build/bench/python')
  mkdirSync(target, { recursive: true })
  const pip = [
    '-m',
    'pip',
    'install',
    '-q',
    '--target',
    target,
    'whatrecord==0.6.0',
    'graphql-core<3.3',
    'epics-pypdb',
  ]
  spawnSync('python3', pip, { stdio: 'ignore' })
  const plain = join(folder, 'plain.db')
  writeFileSync(plain, textOf(500).replace(/\$\((\w+)(?:=\w+)?\)/g, '$1'))
  const programs = {
    'whatrecord 0.6':
      'from whatrecord.db import Database\nread = lambda: Database.from_string(text)',
    'epics-pypdb': 'from pyPDB.dbd.yacc import parse\nread = lambda: parse(text)',
  }
  return Object.entries(programs).flatMap(([name, code]) => {
    const timing = `import time, sys\nsys.path.insert(0, ${JSON.stringify(target)})\ntext = open(${JSON.stringify(plain)}).read()\n${code}\nstarted = time.perf_counter()\nread()\nprint((time.perf_counter() - started) * 1000)`
    const { status, stdout } = spawnSync('python3', ['-c', timing], { encoding: 'utf8' })
    if (status !== 0) return [{ what: `${name}: cannot be run here`, measured: 0 }]
    const time = Number(stdout)
    return [
      { what: `${name}, 500 records without macros`, measured: time, unit: 'ms' },
      { what: `we need for 500, of the time of ${name}`, measured: ours / time, limit: 1 },
    ]
  })
}

function write(folder, name, count) {
  const file = join(folder, name)
  writeFileSync(file, textOf(count))
  return file
}

function textOf(count) {
  return Array.from({ length: count }, (_, index) => forms[index % forms.length](index)).join('')
}
