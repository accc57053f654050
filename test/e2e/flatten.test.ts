import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { dataFolder } from '../support/conformance.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { loadInIoc } from '../support/ioc-loads.ts'
import { embeddedTestBase, repository } from '../support/machine.ts'

const base = await embeddedTestBase()
const env = { ...process.env, ...(await privateNetwork()) }
const root = mkdtempSync(join(tmpdir(), 'e3-flatten-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const slide = join(dataFolder, 'hierarchy/slide-motor/in')
let cwd = root
beforeEach(() => {
  cwd = mkdtempSync(join(root, 'case-'))
  cpSync(slide, cwd, { recursive: true })
})

function flatten(args: readonly string[], input: Buffer | string = '') {
  const { stdout, stderr, status } = spawnSync(join(repository, 'bin/e3'), ['flatten', ...args], {
    ...{ cwd, env, input, maxBuffer: 100_000_000 },
  })
  return { stdout: stdout.toString(), stderr: stderr.toString(), status }
}

const inFolder = (name: string): string => join(cwd, name)

test('a flat file is written, and known to be up to date until something changes', () => {
  expect(flatten(['main.vdb', '-o', 'out.db', '--relative-paths'])).toEqual({
    ...{ stdout: '', stderr: '', status: 0 },
  })
  expect(readFileSync(inFolder('out.db'), 'utf8')).toContain(
    '\n# expand("slideMotor.vdb", slmot1)\n',
  )
  expect(flatten(['main.vdb', '--relative-paths', '--check', 'out.db'])).toEqual({
    ...{ stdout: '', stderr: '', status: 0 },
  })
  writeFileSync(
    inFolder('motor.vdb'),
    readFileSync(inFolder('motor.vdb'), 'utf8').replace('acme', 'other'),
  )
  const { status, stderr } = flatten(['main.vdb', '--relative-paths', '--check', 'out.db'])
  expect(stderr).toMatch(/^out.db:23:1: error\[FLAT_FILE_OUTDATED\]/)
  expect(status).toBe(1)
})

test('with errors nothing is written: all of them are told, the old file stays', () => {
  writeFileSync(inFolder('out.db'), 'old')
  writeFileSync(
    inFolder('bad.vdb'),
    'expand("no.vdb", i) {}\nrecord(ai, "$(j.p)") {}\nrecord(ai, "x {}\n',
  )
  const { status, stdout, stderr } = flatten(['bad.vdb', '-o', 'out.db', 'gone.vdb'])
  const codes = [...stderr.matchAll(/error\[(\w+)\]/g)].map(([, code]) => code)
  expect(codes.sort()).toEqual([
    'FILE_NOT_FOUND',
    'FILE_NOT_FOUND',
    'HIERARCHY_PORT',
    'HIERARCHY_SYNTAX',
  ])
  expect([status, stdout]).toEqual([1, ''])
  expect(readFileSync(inFolder('out.db'), 'utf8')).toBe('old')
  expect(readdirSync(cwd).filter((name) => name.endsWith('~'))).toEqual([])
})

test('everything that is wrong is told in one run', () => {
  const main = [
    ...['\ufeffrecord(ai, "bom") {', '}', 'expand("missing.vdb", a) {}', 'expand("sub", b) {}'],
    ...['expand("nul.vdb", c) {}', 'expand("link.vdb", d) {}', 'expand("latin.vdb", e) {}'],
    ...['expand("latin.vdb", e) {}', 'expand("open.vdb", f) {}', 'record(ai, "bom") {}'],
    ...['expand("loop.vdb", g) { macro(x, "$(g.y)") }', 'include "inc.vdb"'],
    'record(ai, "$(e.nix)") {}',
  ]
  writeFileSync(inFolder('all.vdb'), main.join('\r\n'))
  writeFileSync(inFolder('nul.vdb'), 'record(ai, "a\0b") {}\n')
  writeFileSync(inFolder('latin.vdb'), Buffer.from('record(ai, "l\xb0") {}\n', 'latin1'))
  writeFileSync(inFolder('open.vdb'), 'record(ai, "o") {\nrecord(ai, "p") {\n}}\n')
  writeFileSync(inFolder('loop.vdb'), 'template() { port(y, "$(x)") }\n')
  writeFileSync(inFolder('inc.vdb'), 'include "inc.vdb"\n')
  mkdirSync(inFolder('sub'))
  symlinkSync('link.vdb', inFolder('link.vdb'))
  const { status, stderr } = flatten(['all.vdb', '-o', 'all.db'])
  const told = [...stderr.matchAll(/^(\S+):\d+: (?:error|warning)\[(\w+)\]/gm)]
  expect(told.map(([, place, code]) => `${place} ${code}`)).toEqual([
    ...['all.vdb:3 FILE_NOT_FOUND', 'all.vdb:4 FILE_UNREADABLE', 'all.vdb:5 FILE_UNREADABLE'],
    ...['all.vdb:6 FILE_UNREADABLE', 'all.vdb:8 HIERARCHY_TWICE', 'all.vdb:10 HIERARCHY_TWICE'],
    ...['all.vdb:11 HIERARCHY_LOOP', 'all.vdb:13 HIERARCHY_PORT', 'inc.vdb:1 INCLUDE_LOOP'],
    ...['open.vdb:1 HIERARCHY_SYNTAX', 'open.vdb:3 HIERARCHY_SYNTAX'],
  ])
  expect([status, existsSync(inFolder('all.db'))]).toEqual([1, false])
})

test('templates that double each other stop at ten million records', () => {
  for (let level = 0; level < 24; level++) {
    const below = `expand("d${level + 1}.vdb", a) {}\nexpand("d${level + 1}.vdb", b) {}\n`
    writeFileSync(inFolder(`d${level}.vdb`), below)
  }
  writeFileSync(inFolder('d24.vdb'), 'record(ai, "r") {}\n')
  const { status, stdout, stderr } = flatten(['d0.vdb'])
  expect(stderr).toMatch(/d0.vdb:1:1: error\[HIERARCHY_LIMIT\].*more than 10000000/)
  expect(stderr).toContain('note: d23.vdb:1:1: instance a of d24.vdb')
  expect([status, stdout]).toEqual([1, ''])
  // Half a million are no mistake; nothing but the counts is in the answer.
  const fine = flatten(['d5.vdb', '--no-markers'])
  expect([fine.status, fine.stdout.split('record(').length - 1]).toEqual([0, 2 ** 19])
})

test('standard input, several files, and macros', () => {
  const { stdout } = flatten(['--macro', 'P=x:', '-', 'motor.vdb'], 'record(ai, "$(P)$(R)") {}')
  expect(stdout).toMatch(
    /^record\(ai, "x:\$\(R\)"\) \{\n\}\n\nrecord\(ai, "motor\$\(address\):pos"\)/,
  )
})

test('Latin-1 text is written as it is', () => {
  writeFileSync(
    inFolder('l.vdb'),
    Buffer.from('record(ai, r) {\n  field(EGU, "\xb0C")\n}\n', 'latin1'),
  )
  expect(flatten(['l.vdb', '-o', 'l.db']).status).toBe(0)
  expect(readFileSync(inFolder('l.db'), 'latin1')).toContain('"\xb0C"')
})

test.each([
  [['main.vdb', '--drop-defaults'], 2, '--drop-defaults needs --dbd'],
  [['main.vdb', '--capfast-names'], 2, '--capfast-names needs --dbd'],
  [['main.vdb', '-o', 'a', '--check', 'b'], 2, '--check writes no file'],
  [['main.vdb', '--macro', 'P'], 2, 'NAME=VALUE'],
  [['main.vdb', '-o', 'no/where.db'], 3, 'error[FILE_UNWRITABLE]: cannot write no/where.db'],
  [['main.vdb', '--dbd', 'no.dbd'], 1, 'there is no dbd file "no.dbd"'],
  [['main.vdb', '--check', 'no.db'], 1, 'error[FLAT_FILE_OUTDATED]: no.db cannot be compared'],
  [['.'], 1, 'error[FILE_UNREADABLE]'],
  [['-', '--format', 'json'], 1, '"code":"HIERARCHY_SYNTAX"'],
])('%j: status %i, %s', (args, expected, message) => {
  const { status, stdout, stderr } = flatten(args, 'recrod()')
  expect(stderr).toContain(message)
  expect([status, stdout]).toEqual([expected, ''])
})

describe.skipIf(!base)('with a real base', () => {
  const dbd = join(base ?? '', 'dbd/softIoc.dbd')

  test('defaults of its dbd are left out', () => {
    writeFileSync(
      inFolder('d.vdb'),
      'record(ai, r) {\n  field(LINR, "")\n  field(DISV, "1")\n  field(EGU, "V")\n}\n',
    )
    const { stdout } = flatten(['d.vdb', '--dbd', dbd, '--drop-defaults'])
    expect(stdout).toBe('record(ai, r) {\n  field(EGU, "V")\n}\n')
    writeFileSync(inFolder('d.vdb'), 'record(aii, r) {}\nrecord(ai, r2) {\n  field(EGUU, "V")\n}\n')
    const { stderr } = flatten(['d.vdb', '--dbd', dbd])
    expect(stderr).toMatch(/1:8: error\[RECORD_TYPE_UNKNOWN\][\s\S]*3:9: error\[FIELD_UNKNOWN\]/)
  })

  test('an IOC loads what VisualDCT could not make', () => {
    const cases = [
      'quote-in-macro',
      'quoted-escapes',
      'alias-statement',
      'grecord-info',
      'three-deep',
    ]
    const databases = cases.map((name) => {
      const { stdout } = flatten([
        join(dataFolder, 'hierarchy', name, 'in/main.vdb'),
        '--macro',
        'Y=y',
      ])
      return { text: stdout }
    })
    const verdicts = loadInIoc(databases, { base: base ?? '', env })
    expect(verdicts.filter(({ isError }) => isError)).toEqual([])
  })
})
