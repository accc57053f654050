// A module of 70 C files: built from nothing against a plain make that compiles and links the same,
// with nothing to do, and with one file changed.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { arch } from '../lib/architecture.mjs'
import { root } from '../lib/prepare.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { medianOf, timeOf } from './lib/timing.mjs'

const sources = Array.from({ length: 70 }, (_, index) => `src/part${index}.c`)

await benchmark('e3 build, 70 C files, 2 jobs', () => withSite(measure))

function measure({ folder, base, env }) {
  const module = join(folder, 'module')
  writeModule(module)
  // What was compiled before counts on neither side.
  const options = ['--base', base, '-j', '2', '--no-ccache']
  const e3 = [join(root, 'bin/e3'), 'build', module, ...options]
  const build = () => timeOf({ command: e3, env })
  const plain = () => {
    rmSync(join(folder, 'plain'), { recursive: true, force: true })
    return timeOf({ command: plainMake(folder, module), env })
  }
  const fresh = () => {
    rmSync(join(module, '.e3'), { recursive: true, force: true })
    return build()
  }
  const change = (run) => {
    writeFileSync(join(module, 'src/part7.c'), sourceOf(7, run))
    return build()
  }
  fresh()
  plain()
  const times = { fresh: [], plain: [], nothing: [], changed: [], one: [] }
  for (let run = 1; run <= Number(process.env.BENCH_RUNS ?? 6); run++) {
    // In turn: what runs first finds another machine than what runs second.
    if (run % 2 === 1) times.plain.push(plain())
    times.fresh.push(fresh())
    if (run % 2 === 0) times.plain.push(plain())
    times.nothing.push(build())
    times.changed.push(change(run))
    times.one.push(timeOf({ command: compileOf(folder, module, 'src/part7.c'), env }))
  }
  const [freshTime, plainTime, nothing, changed, one] = Object.values(times).map(medianOf)
  return [
    { what: 'from nothing, plain make -j2', measured: plainTime, unit: 'ms' },
    { what: 'from nothing, e3 build', measured: freshTime, unit: 'ms' },
    { what: 'e3 build to plain make', measured: freshTime / plainTime, limit: 1.05 },
    { what: 'nothing to do', measured: nothing, unit: 'ms', limit: 150 },
    {
      what: 'one file changed, more than its compiler',
      measured: changed - one,
      unit: 'ms',
      limit: 200,
    },
  ]
}

function writeModule(module) {
  mkdirSync(join(module, 'src'), { recursive: true })
  writeFileSync(join(module, 'module.yaml'), 'name: many\nversion: 1.0.0\nsources: src/*.c\n')
  for (const [index, file] of sources.entries()) {
    writeFileSync(join(module, file), sourceOf(index, 0))
  }
}

/** About as much to compile as a file of a driver. */
function sourceOf(index, run) {
  const functions = Array.from(
    { length: 20 },
    (_, n) => `int part${index}_${n}(int x) {
  char text[100];
  epicsSnprintf(text, sizeof text, "%d %d", x, ${run});
  for (int i = 0; i < x; i++) x += epicsStrHash(text, (unsigned)i);
  return x;
}`,
  )
  const headers = ['aiRecord.h', 'dbAccess.h', 'epicsStdio.h', 'epicsString.h', 'iocsh.h']
  return `${headers.map((header) => `#include <${header}>`).join('\n')}\n${functions.join('\n')}\n`
}

/** The commands of the module's own makefile, with other outputs and without anything around. */
function plainMake(folder, module) {
  const text = readFileSync(join(module, '.e3', arch, 'build.make'), 'utf8')
  const commands = [...text.matchAll(/^\t@printf .*?; (g(?:cc|\+\+) .*?) >\S+ 2>&1$/gm)].map(
    ([, command]) => command.replaceAll(`.e3/${arch}/objects/`, '../plain/'),
  )
  const outputs = commands.map((command) => / -o (\S+)/.exec(command)?.[1] ?? '')
  const objects = outputs.slice(0, -1).join(' ')
  const rules = commands.map((command, index) => {
    const needs = index === commands.length - 1 ? objects : ''
    return `${outputs[index]}: ${needs}\n\t@${command}\n`
  })
  for (const part of ['src', 'generated'])
    mkdirSync(join(folder, 'plain', part), { recursive: true })
  const makefile = join(folder, 'plain.make')
  writeFileSync(makefile, `all: ${outputs.at(-1)}\n${rules.join('')}`)
  return ['make', '-s', '-j2', '-C', module, '-f', makefile, 'all']
}

function compileOf(folder, module, source) {
  const text = readFileSync(join(folder, 'plain.make'), 'utf8')
  const command = text
    .split('\n')
    .find((line) => line.endsWith(` ${source}`))
    ?.slice(2)
  return ['sh', '-c', `cd ${module} && ${command}`]
}
