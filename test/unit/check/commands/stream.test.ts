import { expect, test } from 'vitest'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'

const asyn = ['drvAsynIPPortConfigure', 'asynReport', 'asynSetTraceMask']
const names = ['iocInit', 'dbLoadRecords', 'epicsEnvSet', ...asyn, 'makePort']
const table = commandTable([
  ...names.map((name) => `${name} ?`),
  'countDown seconds:int',
  'simConfig portName size:int',
  '1 other ?',
  '1 libother_registerRecordDeviceDriver ?',
])
const protocol = 'getA { out "A \\$1 $2?"; in "%f"; }\nSet { out "%f"; }\n'.replace('$2', '\\$2')

function check(link: string, commands = 'drvAsynIPPortConfigure L0 h:1\n', dtyp = 'stream') {
  const files = {
    'dev.proto': protocol,
    'bad.proto': 'getA { out "A?; }\n',
    'sub/other.proto': 'x { out "x"; }',
    'dev.db': `record(ai, "A") {\n  field(DTYP, "${dtyp}")\n  field(INP, "${link}")\n}\n`,
  }
  return checkScript(`${commands}dbLoadRecords dev.db\niocInit\n`, { table, files })
}

test.each([
  ['@dev.proto getA(1,2) L0', []],
  ['@dev.proto GETA(1,2) L0 3 extra', []],
  ['@dev.proto set L0', []],
  ['@dev.proto getA(1) L0', ['error PROTOCOL_ARGUMENTS dev.db:3:14']],
  ['@dev.proto getA L0', ['error PROTOCOL_ARGUMENTS dev.db:3:14']],
  ['@dev.proto set(1) L0', ['info PROTOCOL_ARGUMENTS dev.db:3:14']],
  ['@dev.proto set() L0', []],
  ['@dev.proto set( ) L0', []],
  ['@dev.proto set(,) L0', ['info PROTOCOL_ARGUMENTS dev.db:3:14']],
  ['@dev.proto getA() L0', ['error PROTOCOL_ARGUMENTS dev.db:3:14']],
  ['@dev.proto getA(f(1,2),b\\\\,c) L0', []],
  ['@dev.proto getB L0', ['error PROTOCOL_UNKNOWN dev.db:3:14']],
  ['@devv.proto getA L0', ['error PROTOCOL_NOT_FOUND dev.db:3:14']],
  ['@other.proto x L0', ['error PROTOCOL_NOT_FOUND dev.db:3:14']],
  ['@/here/sub/other.proto x L0', []],
  ['@bad.proto getA L0', ['error PROTOCOL_SYNTAX bad.proto:1:12']],
  ['@dev.proto getA', ['error STREAM_LINK dev.db:3:14']],
  ['@dev.proto getA(1,2)L0', ['error STREAM_LINK dev.db:3:14']],
  ['@dev.proto getA(1,2 L0', ['error STREAM_LINK dev.db:3:14']],
  ['@dev.proto set debug', []],
  ['@dev.proto set dummy', []],
  ['@dev.proto set L1', ['error PORT_UNKNOWN dev.db:3:14']],
])('%s', (link, expected) => {
  expect(check(link).map(shortForm)).toEqual(expected)
})

test.each([
  ['nothing makes the port', '', ['error PORT_UNKNOWN']],
  [
    'commands of asyn make none',
    'asynReport 1 L0\nasynSetTraceMask L0 0 1\n',
    ['error PORT_UNKNOWN'],
  ],
  [
    'a command of a library which has nothing to do with asyn',
    'other L9\n',
    ['error PORT_UNKNOWN'],
  ],
  ['a command that is not known may make the port', 'makePort L9\n', ['info PORT_UNKNOWN']],
  ['one that names it does', 'makePort L0\n', []],
  ['one that takes a port may make others', 'simConfig L9 1\n', ['info PORT_UNKNOWN']],
  ['one that takes none is doubtful', 'countDown 3\n', ['warning PORT_UNKNOWN']],
])('%s', (_title, commands, expected) => {
  const path = 'epicsEnvSet STREAM_PROTOCOL_PATH "/nowhere:sub"\n'
  const found = check('@other.proto x L0', `${path}${commands}`)
  expect(found.map((one) => shortForm(one).replace(/ dev.db.*/, ''))).toEqual(expected)
})

// StreamDevice reads the variable in iocInit; a last colon has no folder behind it.
test.each([
  ['epicsEnvSet STREAM_PROTOCOL_PATH sub\niocInit\nepicsEnvSet STREAM_PROTOCOL_PATH /no', []],
  ['epicsEnvSet STREAM_PROTOCOL_PATH sub\niocInit\ncd sub', []],
  ['cd sub\niocInit\ncd ..', []],
  ['epicsEnvSet STREAM_PROTOCOL_PATH :sub\ncd sub', []],
  ['iocInit\nepicsEnvSet STREAM_PROTOCOL_PATH sub', ['PROTOCOL_NOT_FOUND']],
  ['iocInit\ncd sub', ['PROTOCOL_NOT_FOUND']],
  ['epicsEnvSet STREAM_PROTOCOL_PATH /no:\ncd sub', ['PROTOCOL_NOT_FOUND']],
])('what the IOC has when iocInit runs: %j', (commands, expected) => {
  const files = {
    'sub/o.proto': 'x { out "x"; }',
    'a.db': 'record(ai, "A") { field(DTYP, "stream") field(INP, "@o.proto x L0") }\n',
  }
  const script = `drvAsynIPPortConfigure L0 h:1\ndbLoadRecords a.db\n${commands}\n`
  const found = checkScript(script, { table, files })
  expect(found.map(({ code }) => code).filter((code) => !code.startsWith('COMMAND_'))).toEqual(
    expected,
  )
})

test.each([
  ['@asyn(L0,0,1)PARAM', []],
  ['@asyn(L0 0 1)PARAM', []],
  ['@asynMask(L0,0,0xff)', []],
  ['@asyn(L1,0,1)PARAM', ['error PORT_UNKNOWN dev.db:3:14']],
  ['@asynMask(l0,0,0xff)', ['error PORT_UNKNOWN dev.db:3:14']],
  ['@other L1', ['error ASYN_LINK dev.db:3:14']],
])('asyn: %s', (link, expected) => {
  expect(check(link, undefined, 'asynInt32').map(shortForm)).toEqual(expected)
})

test.each([
  ['other L9\n', 'info'],
  ['', 'warning'],
])('libraries that may make ports: %j', (commands, severity) => {
  const files = { 'a.db': 'record(ai, "A") { field(DTYP, "asynInt32") field(INP, "@asyn(L1)") }\n' }
  const script = `${commands}dbLoadRecords a.db\niocInit\n`
  const found = checkScript(script, { table, files, mayMakePorts: true })
  expect(found.map((one) => shortForm(one).split(' ').slice(0, 2))).toEqual([
    [severity, 'PORT_UNKNOWN'],
  ])
})

test.each([
  ['libother_registerRecordDeviceDriver pdbbase\n', 'error'],
  ['prog_registerRecordDeviceDriver pdbbase\n', 'warning'],
  ['dlload libx.so\n', 'info'],
])('code that nobody looks into: %j', (commands, severity) => {
  const files = { 'a.db': 'record(ai, "A") { field(DTYP, "asynInt32") field(INP, "@asyn(L1)") }\n' }
  const script = `${commands}dbLoadRecords a.db\niocInit\n`
  const [found] = checkScript(script, { table, files }).filter(({ code }) => /^PORT/.test(code))
  expect(found?.severity).toBe(severity)
})

test('an asyn record may get another port later', () => {
  const files = { 'a.db': 'record(asyn, "A") { field(PORT, "L1") }\n' }
  const found = checkScript('dbLoadRecords a.db\niocInit\n', { table, files })
  expect(found.map(shortForm)).toEqual(['warning PORT_UNKNOWN a.db:1:33'])
})

test('what many records want is one finding', () => {
  const record = (n: number) =>
    `record(ai, "A${n}") { field(DTYP, "stream") field(INP, "@dev.proto getX L1") }\n`
  const files = { 'dev.proto': protocol, 'dev.db': record(1) + record(2) + record(3) }
  const found = checkScript('dbLoadRecords dev.db\niocInit\n', { table, files })
  expect(found.map(({ code, notes }) => `${code}: ${notes[0]?.message}`)).toEqual([
    'PROTOCOL_UNKNOWN: used by 2 more records',
    'PORT_UNKNOWN: used by 2 more records',
  ])
})

test('with the device support of StreamDevice in the dbd', () => {
  const dbd = `
    recordtype(ai) {
      field(NAME, DBF_STRING) { size(61) } field(DTYP, DBF_DEVICE) { }
      field(INP, DBF_INLINK) { }
    }
    device(ai, INST_IO, devaiStream, "stream")\n`
  const files = {
    'dev.proto': protocol,
    'dev.db': 'record(ai, "A") { field(DTYP, "stream") field(INP, "@dev.proto getX L1") }\n',
  }
  const found = checkScript('dbLoadRecords dev.db\niocInit\n', { table, files, dbd })
  expect(found.map(({ code }) => code)).toEqual(['PROTOCOL_UNKNOWN', 'PORT_UNKNOWN'])
})

test.each([
  ['stream', 'error STREAM_LINK a.db:1:31 field(INP, "@file.proto protocol(arguments) bus")'],
  ['asynInt32', 'error ASYN_LINK a.db:1:31 field(INP, "@asyn(port,address,timeout)parameter")'],
])('a record without a link: %s', (dtyp, expected) => {
  const dbd = `
    recordtype(ai) {
      field(NAME, DBF_STRING) { size(61) } field(DTYP, DBF_DEVICE) { }
      field(INP, DBF_INLINK) { }
    }
    device(ai, INST_IO, devaiStream, "stream") device(ai, INST_IO, devAsyn, "asynInt32")\n`
  const text = `record(ai, "A") { field(DTYP, "${dtyp}") }\n`
  const told = (db: string) =>
    checkScript('dbLoadRecords a.db\niocInit\n', { table, dbd, files: { 'a.db': db } })
  expect(told(text).map((one) => `${shortForm(one)} ${one.hint}`)).toEqual([expected])
  const later = `${text}record("*", "A") { field(INP, "@dev.proto x L0") }`
  expect(
    told(later)
      .map(({ message }) => message)
      .join(),
  ).not.toContain('has no INP')
})

test('one missing file is one finding', () => {
  const record = (n: number) =>
    `record(ai, "A${n}") { field(DTYP, "stream") field(INP, "@no.proto x L0") }\n`
  const files = { 'dev.db': record(1) + record(2) }
  const script = 'drvAsynIPPortConfigure L0 h:1\ndbLoadRecords dev.db\niocInit\n'
  const found = checkScript(script, { table, files })
  expect(found.map(({ message }) => message)).toEqual([
    'there is no protocol file no.proto, used by 2 records',
  ])
})

test('a protocol file with one near name is put right at all records', () => {
  const link = '@devv.proto set L0'
  const files = {
    'dev.proto': 'set { out "x"; }',
    'a.db': `record(ai, "A") { field(DTYP, "stream") field(INP, "${link}") }\nrecord(ai, "B") { field(DTYP, "stream") field(INP, "${link}") }\n`,
  }
  const [found] = checkScript('drvAsynIPPortConfigure L0 h:1\ndbLoadRecords a.db\n', {
    table,
    files,
  })
  expect(found?.fixes?.map(({ at, replacement }) => [at.end - at.start, replacement])).toEqual([
    [10, 'dev.proto'],
    [10, 'dev.proto'],
  ])
})

// What the folder of the name adds is not in front of it, and the file itself is no dead link.
test.each([
  ['sub/other.proto', '/here/sub/sub', undefined],
  ['other.proto', '/here/sub', undefined],
  ['up/othr.proto', '/here/sub/up', 'did you mean "other.proto"?'],
])('a protocol file with a folder in its name: %s', (name, searched, hint) => {
  const files = {
    'sub/up/other.proto': 'x { out "x"; }',
    'a.db': `record(ai, "A") { field(DTYP, "stream") field(INP, "@${name} x debug") }\n`,
  }
  const script = 'epicsEnvSet STREAM_PROTOCOL_PATH sub\ndbLoadRecords a.db\n'
  const [found] = checkScript(script, { table, files })
  expect(found?.notes[0]?.message).toBe(`searched (STREAM_PROTOCOL_PATH): ${searched}`)
  if (hint) expect(found?.hint).toBe(hint)
  else expect(found?.hint).not.toContain('leads nowhere')
})

test('a protocol that cannot be used is one finding, others of the file can', () => {
  const record = (name: string, protocol: string) =>
    `record(ai, "${name}") { field(DTYP, "stream") field(INP, "@p.proto ${protocol} debug") }\n`
  const files = {
    'p.proto': 'bad { outt "x"; }\ngood { in "%f"; }\nodd { in "%q"; }\nunused { x; }\n',
    'a.db': record('A', 'bad') + record('B', 'Bad') + record('C', 'good') + record('D', 'odd'),
  }
  const found = checkScript('dbLoadRecords a.db\n', { table, files })
  expect(found.map((one) => `${shortForm(one)} ${one.notes[0]?.message}`)).toEqual([
    'error PROTOCOL_SYNTAX p.proto:1:7 used by 2 records, first here',
    'warning PROTOCOL_SYNTAX p.proto:3:10 used by one record, first here',
  ])
})
