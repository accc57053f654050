import { expect, test } from 'vitest'
import type { ResolvedModule } from '../../../../src/modules/resolution.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'

const table = commandTable([
  ...['help ?', 'dbLoadRecords file macros', 'iocInit', 'dbl ?', 'dbla ?'],
  ...['dlload ?', 'dbLoadDatabase ?'],
])

test.each([
  ['dbl\niocInit\n', []],
  ['dbLoadRecord a.db\n', ['error COMMAND_UNKNOWN st.cmd:1:1']],
  ['  (drvFoo 1)\ndrvFoo 2\n', ['error COMMAND_UNKNOWN st.cmd:1:4']],
  ['drvFoo\ndrvBar\n', ['error COMMAND_UNKNOWN st.cmd:1:1', 'error COMMAND_UNKNOWN st.cmd:2:1']],
  ['"" a\n', ['error COMMAND_UNKNOWN st.cmd:1:1']],
  ['A=1\n', ['error COMMAND_UNKNOWN st.cmd:1:1']],
  ['chdir /tmp\n', ['error COMMAND_UNKNOWN st.cmd:1:1']],
  ['# drvFoo\n#- drvFoo\nexit\ndrvFoo\n', []],
  ["afterInit 'drvFoo'\niocInit\n", ['error COMMAND_UNKNOWN st.cmd:1:11']],
  // A module that could not be found may have it.
  ['require nowhere\ndrvFoo\n', []],
  ['< nofile.cmd\ndrvFoo\n', []],
  ['require nowhere\ndbLoadRecSomeS a.db\n', []],
  ['dlload ./nowhere.so\ndrvFoo\n', []],
  ['dbLoadDatabase nowhere.dbd\ndrvFoo\n', []],
  ['require nowhere\ndbLoadRecord a.db\n', ['warning COMMAND_UNKNOWN st.cmd:2:1']],
])('%j', (script, expected) => {
  expect(checkScript(script, { table }).map(shortForm)).toEqual(expected)
})

test('a name is reported once, with its other places', () => {
  const [found, ...others] = checkScript('drvFoo\n'.repeat(6), { table })
  expect(others).toEqual([])
  expect(found?.notes.map(({ message }) => message)).toEqual([
    ...['also here', 'also here', 'also here', 'and 2 times more'],
  ])
})

test('one near name is a fix, several are a hint only', () => {
  const [one] = checkScript('dbLoadRecord a.db\n', { table })
  expect(one?.hint).toBe('did you mean "dbLoadRecords"?')
  expect(one?.fixes?.map(({ replacement }) => replacement)).toEqual(['dbLoadRecords'])
  const [several] = checkScript('dblx\n', { table })
  expect(several?.hint).toBe('did you mean "dbl" or "dbla"?')
  expect(several?.fixes).toBeUndefined()
  const [macro] = checkScript('$(C=dbLoadRecord) a.db\n', { table })
  expect(macro?.fixes).toBeUndefined()
})

test('an installed module that has the command is named', () => {
  const whoHas = (command: string) => (command === 'drvFoo' ? ['foo 1.2.0+0'] : [])
  const [found] = checkScript('drvFoo\n', { table, whoHas })
  expect(found?.hint).toBe('in front of this line: require foo')
  expect(found?.notes[0]?.message).toBe('drvFoo is in the installed module foo 1.2.0+0')
})

test('of a module that is not there it is not known what it requires', () => {
  const whoHas = () => ['foo 1.2.0+0']
  expect(checkScript('require nowhere\ndrvFoo\n', { table, whoHas })).toEqual([])
  const found = checkScript('dbLoadDatabase nowhere.dbd\ndrvFoo\n', { table, whoHas })
  expect(found.map(shortForm)).toEqual(['warning COMMAND_UNKNOWN st.cmd:2:1'])
})

test('a command that a loaded module has, but does not register', () => {
  const whoHas = () => ['asyn 4.42.0+0']
  const asyn: ResolvedModule = {
    ...{ name: 'asyn', version: parseVersion('4.42.0+0'), directory: '/asyn', root: '/' },
    ...{ archDirectory: '/asyn', library: '/asyn/libasyn.so', dependencies: [], requestedBy: [] },
  }
  const [found] = checkScript('require asyn\ndrvFoo\n', { table, whoHas, modules: [asyn] })
  expect(found?.hint).toBe('add its registrar to the dbd file of asyn')
  expect(found?.notes[0]?.message).toBe(
    'it is in the library of asyn 4.42.0+0, but no dbd file registers it',
  )
  const unsure = commandTable(['help ?'], false)
  const script = 'require asyn\ndrvFoo\n'
  expect(checkScript(script, { table: unsure, whoHas, modules: [asyn] })).toEqual([])
})

test.each([
  ['m#dbLoadRecords(\n', 'a comment begins with "#"'],
  ['iocLogDisable=1\n', 'the IOC shell has no assignments'],
])('%j is no command with another name', (script, hint) => {
  const [found] = checkScript(script, { table })
  expect(found?.hint).toContain(hint)
  expect(found?.fixes).toBeUndefined()
})

test('the registration of a program is no near miss of anything', () => {
  const [found] = checkScript('iocxxx_registerRecordDeviceDriver pdbbase\n', { table })
  expect(found?.hint).toContain('written for the program iocxxx')
})

test('other commands of a program are told with its registration', () => {
  const script = 'drvFoo\nioc_registerRecordDeviceDriver pdbbase\ndbLoadRecord a\nbarConfig 1\n'
  const whoHas = (command: string) => (command === 'drvHas' ? ['has 1.0.0'] : [])
  const found = checkScript(`${script}drvFoo\ndrvHas\n`, { table, whoHas })
  expect(found.map((one) => `${shortForm(one)} ${one.hint?.slice(0, 18)}`)).toEqual([
    'error COMMAND_UNKNOWN st.cmd:2:1 the script is writ',
    'error COMMAND_UNKNOWN st.cmd:3:1 did you mean "dbLo',
    'error COMMAND_UNKNOWN st.cmd:6:1 in front of this l',
  ])
  expect(found[0]?.notes.map(({ message }) => message)).toEqual([
    'nor has it the other commands of that program: drvFoo, barConfig',
  ])
})

test('without a complete table only near misses are reported, as warnings', () => {
  const names = commandTable(['dbLoadRecords ?'], false)
  const script = 'dlload /here/libx.so\ndrvFoo\ndbLoadRecord a.db\n'
  const found = checkScript(script, { table: names, files: { 'libx.so': '' } })
  expect(found.map(shortForm)).toEqual(['warning COMMAND_UNKNOWN st.cmd:3:1'])
})

test('a command in front of the line that brings it', () => {
  const withLibrary = commandTable(['help ?', 'dlload path:path', '1 drvFoo ?'])
  const files = { 'libx.so': '' }
  const check = (script: string) => checkScript(script, { table: withLibrary, files })
  expect(check('dlload /here/libx.so\ndrvFoo\n')).toEqual([])
  const [found, ...others] = check('drvFoo\ndlload /here/libx.so\n')
  expect(others).toEqual([])
  expect(found && shortForm(found)).toBe('error COMMAND_BEFORE_MODULE st.cmd:1:1')
  expect(found?.hint).toContain('dlload /here/libx.so')
})
