import { expect, test } from 'vitest'
import { targetsOf } from '../../../src/smoke/targets.ts'

test('each script is an IOC, with the common arguments behind it', () => {
  const scripts = ['a/st.cmd', 'b/st.cmd'].map((path) => ({ path, macros: [] }))
  expect(targetsOf(scripts, ['-l', 'mods'])).toEqual([
    { name: 'a/st.cmd', words: ['a/st.cmd', '-l', 'mods'], script: 'a/st.cmd' },
    { name: 'b/st.cmd', words: ['b/st.cmd', '-l', 'mods'], script: 'b/st.cmd' },
  ])
})

test('macros stand behind their script, and in the name of the IOC', () => {
  const script = { path: 'st.cmd', macros: [{ name: 'P', value: 'X Y' }] }
  expect(targetsOf([script], ['-i'])).toEqual([
    { name: "st.cmd 'P=X Y'", words: ['st.cmd', 'P=X Y', '-i'], script: 'st.cmd' },
  ])
})

test.each([
  [['-l', 'mods', 'st.cmd', 'P=X'], 'st.cmd'],
  [['-r', 'asyn', '-c', 'echo "a b"'], `iocsh -r asyn -c 'echo "a b"'`],
  [['a.cmd', 'b.cmd'], 'iocsh a.cmd b.cmd'],
  [['x.db', 'SCRIPT=st.cmd'], 'iocsh x.db SCRIPT=st.cmd'],
])('without scripts %j are one IOC', (words, name) => {
  const script = name.startsWith('iocsh ') ? {} : { script: name }
  expect(targetsOf([], words)).toEqual([{ name, words, ...script }])
})

test('nothing is no IOC', () => {
  expect(targetsOf([], [])).toEqual([])
})
