import { expect, test } from 'vitest'
import { defaultIocName, moduleRecords, recordPrefix } from '../../../src/startup/module-records.ts'

const facts = { prefix: 'LAB:X', productVersion: '0.1.0', baseVersion: '7.0.10.1' }

test('records of e3 5.1 and 3.x with their values in the file', () => {
  const { value, diagnostics } = moduleRecords({
    ...facts,
    modules: [{ name: 'asyn', version: '4.42.0+3' }],
  })
  expect(diagnostics).toEqual([])
  expect(
    [...value.matchAll(/^record\((\w+), "(.*)"\)/gm)].map(([, type, name]) => `${type} ${name}`),
  ).toEqual([
    'stringin LAB:X:RequireVersion',
    'stringin LAB:X:BaseVersion',
    'stringin LAB:X:require_VER',
    'stringin LAB:X:asyn_VER',
    'waveform LAB:X:Modules',
    'waveform LAB:X:Versions',
    'aai LAB:X:Labels',
  ])
  expect(value).toContain('{const:["require", "asyn"]}')
  expect(value).toContain('{const:["0.1.0", "4.42.0+3"]}')
  expect(value.match(/field\(DISP, "1"\)/g)).toHaveLength(7)
})

test.each([
  [199, 200, 'plain'],
  [200, 201, 'in quotes'],
  [299, 300, 'in quotes'],
  [300, 300, 'in quotes'],
])('%d modules and the launcher: an array of %d, %s', (number, elements, form) => {
  const modules = Array.from({ length: number }, (_, index) => {
    return { name: `m${index}${'x'.repeat(50)}`, version: '1.0.0' }
  })
  const { value, diagnostics } = moduleRecords({ ...facts, modules })
  const [, link = ''] = /^ {2}field\(INP, (.*)\)$/m.exec(value) ?? []
  expect(link.startsWith('"')).toBe(form === 'in quotes')
  expect(link.length).toBeLessThan(16_000)
  const array: string = link.startsWith('"') ? JSON.parse(link) : link
  expect(JSON.parse(array.replace('const', '"const"')).const).toHaveLength(elements)
  expect(value).toContain(`NELM, "${elements}"`)
  expect(value.match(/_VER"/g)).toHaveLength(number + 1)
  const told = diagnostics.filter(({ message }) => message.startsWith('the records Modules'))
  expect(told).toHaveLength(number < 300 ? 0 : 1)
})

test('a module whose record is that of the launcher', () => {
  const { value, diagnostics } = moduleRecords({
    ...facts,
    modules: [{ name: 'require', version: '1.0.0' }],
  })
  expect(value.match(/require_VER/g)).toHaveLength(1)
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'the record require_VER is that of another one: module require has none of its own',
  ])
})

test('names are cut as the original cuts them, and it is said', () => {
  const long = 'a_module_name_with_more_than_24_characters'
  const { value, diagnostics } = moduleRecords({
    ...facts,
    modules: [
      { name: long, version: '1.0.0' },
      { name: `${long}_too`, version: '9'.repeat(50) },
    ],
  })
  expect(value).toContain('"LAB:X:a_module_name_with_more__VER"')
  expect(value.match(/_with_more__VER/g)).toHaveLength(1)
  expect(value).toContain(`"${'9'.repeat(39)}"`)
  expect(diagnostics.map(({ code, message }) => [code, /no record/.test(message)])).toEqual([
    ['MODULE_NAME_CUT', false],
    ['MODULE_NAME_CUT', true],
    ['MODULE_NAME_CUT', false],
  ])
  expect(diagnostics[2]?.message).toBe(
    `the version of module ${long}_too has more than 39 characters: its records tell ${'9'.repeat(39)}`,
  )
})

test.each([
  ['LAB:TEST-1', 'LAB:TEST-1', undefined],
  ['a'.repeat(30), 'a'.repeat(30), undefined],
  ['a'.repeat(31), 'a'.repeat(30), 'warning'],
  ['LAB.X', 'IOC', 'error'],
  ['a b', 'IOC', 'error'],
  ['$(X)', 'IOC', 'error'],
  ['it"s', 'IOC', 'error'],
  ['', 'IOC', 'error'],
  ['Zürich', 'IOC', 'error'],
])('IOC name %j begins records with %j (%s)', (name, prefix, severity) => {
  const { value, diagnostics } = recordPrefix(name)
  expect(value).toBe(prefix)
  expect(diagnostics.map((found) => found.severity)).toEqual(severity ? [severity] : [])
})

test('where a name comes from that is no argument', () => {
  for (const name of ['a b', 'a'.repeat(31)]) {
    const [found] = recordPrefix(name, 'IOCNAME').diagnostics
    expect(found).toMatchObject({ notes: [{ message: 'it is the value of IOCNAME' }] })
    expect(recordPrefix(name).diagnostics[0]?.notes).toEqual([])
  }
})

test.each([
  ['ioc', 77, 'TEST:ioc-77'],
  ['first.last', 77, 'TEST:first_last-77'],
  ['SITE\\user', 77, 'TEST:SITE_user-77'],
  ['user@site $(X)"', 77, 'TEST:user_site___X__-77'],
  ['Zoë', 77, 'TEST:Zo_-77'],
  ['u'.repeat(32), 4194304, 'TEST:uuuuuuuuuuuuuuuuu-4194304'],
])('an IOC of %s without a name, process %i, is %s', (user, pid, name) => {
  expect(defaultIocName(user, pid)).toBe(name)
  expect(recordPrefix(name)).toEqual({ value: name, diagnostics: [] })
})
