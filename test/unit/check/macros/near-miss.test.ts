import { expect, test } from 'vitest'
import { nearMisses } from '../../../../src/check/macros/near-miss.ts'
import { applyFixes } from '../../../../src/text/edits.ts'
import { saidOf, walkedIoc } from '../../../support/walked-ioc.ts'

/** A database that uses these references. */
const using = (...references: string[]) =>
  references.map((one, index) => `record(ai, "${one}${index}") {}\n`).join('')

test.each<[title: string, list: string, references: string[], expected: string[]]>([
  ['letters in another order', 'PROT=1', ['$(PORT)'], ['PORT, which is not given']],
  ['a letter that is wrong', 'PREFIX=1', ['$(PREFYX)'], ['PREFYX, which is not given']],
  ['case', 'port=1', ['$(PORT)'], ['PORT, which is not given']],
  ['case, with a default', 'port=1', ['$(PORT=2)'], ['PORT, which takes its default']],
  ['order, with a default', 'PROT=1', ['$(PORT=2)'], ['PORT, which takes its default']],
  [
    'a letter too many, with a default',
    'PORTS=1',
    ['$(SPORTS=2)'],
    ['SPORTS, which takes its default'],
  ],
  [
    'the missing one comes first',
    'PORTE=1',
    ['$(PORTA=2)', '$(PORTB)'],
    ['PORTB, which is not given'],
  ],
  ['names used by the field, with a default', 'LOPR=1', ['$(HOPR=2)'], []],
  ['numbers', 'ADDR3=1', ['$(ADDR2)'], []],
  ['a number behind', 'SCAN1=1', ['$(SCAN=2)'], []],
  ['both are used', 'PORT=1,PROT=2', ['$(PORT)', '$(PROT)'], []],
  ['nothing near', 'PORT=1', ['$(IOC)'], []],
  ['short names', 'P=1', ['$(R)'], []],
])('%s', (_title, list, references, expected) => {
  const files = {
    'st.cmd': `dbLoadRecords("x.db", "${list}")\n`,
    'x.db': using(...references),
  }
  const [name = ''] = list.split('=')
  expect(saidOf(nearMisses, { files })).toEqual(
    expected.map(
      (one) =>
        `st.cmd:1:24 MACRO_NEAR_MISS macro ${name} is given, but x.db does not use it: it uses ${one}`,
    ),
  )
})

test.each<[title: string, files: Record<string, string>, file: string, expected: string[]]>([
  [
    'the name in a script',
    { 'st.cmd': 'dbLoadRecords("x.db", "PROT=1")\n', 'x.db': using('$(PORT)') },
    'st.cmd',
    ['dbLoadRecords("x.db", "PORT=1")\n'],
  ],
  [
    'the head of a pattern',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': 'file x.db { pattern { PROT } { a } { b } }\n',
      'x.db': using('$(PORT)'),
    },
    'x.subs',
    ['file x.db { pattern { PORT } { a } { b } }\n'],
  ],
  [
    'each set',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': 'file x.db { { PROT=a } { PROT=b } }\n',
      'x.db': using('$(PORT)'),
    },
    'x.subs',
    ['file x.db { { PORT=a } { PORT=b } }\n'],
  ],
  [
    'a snippet',
    { 'st.cmd': 'iocshLoad s.iocsh "PROT=1"\n', 's.iocsh': 'echo $(PORT)\n' },
    'st.cmd',
    ['iocshLoad s.iocsh "PORT=1"\n'],
  ],
  [
    'one that would be a guess',
    { 'st.cmd': 'dbLoadRecords("x.db", "PORT=1")\n', 'x.db': using('$(PROT)', '$(PORTA)') },
    'st.cmd',
    [],
  ],
  [
    'one with a default may be meant so',
    { 'st.cmd': 'dbLoadRecords("x.db", "PROT=1")\n', 'x.db': using('$(PORT=2)') },
    'st.cmd',
    [],
  ],
  [
    'a list that a variable holds',
    {
      'st.cmd': 'epicsEnvSet L "PROT=1"\ndbLoadRecords("x.db", "$(L)")\n',
      'x.db': using('$(PORT)'),
    },
    'st.cmd',
    [],
  ],
])('fix: %s', (_title, files, file, expected) => {
  const edited = applyFixes([...nearMisses(walkedIoc({ files }).ioc)])
  expect(edited.filter(({ source }) => source.name === file).map(({ text }) => text)).toEqual(
    expected,
  )
})

test('sets of a file: once, with the number of the others', () => {
  const [found, ...others] = nearMisses(
    walkedIoc({
      files: {
        'st.cmd': 'dbLoadTemplate x.subs\n',
        'x.subs': 'file x.db { { PROT=a } { PROT=b } { PROT=c } }\n',
        'x.db': using('$(PORT)'),
      },
    }).ioc,
  )
  expect(others).toEqual([])
  expect(found?.notes).toEqual([{ message: 'the same at 2 more places of this file' }])
  expect(found?.hint).toBe('did you mean "PORT"?')
})

test.each<[title: string, files: Record<string, string>, place: string]>([
  [
    'load',
    { 'st.cmd': 'dbLoadRecords x.db "DSEC=a"\ndbLoadRecords x.db "DESC=b"\n' },
    'st.cmd:1:21',
  ],
  [
    'row',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': 'file x.db { {DSEC=a} {DESC=b} }\n',
    },
    'x.subs:1:14',
  ],
])('the right name in another %s does not hide the wrong one', (_title, files, place) => {
  const all = { ...files, 'x.db': using('$(DESC=none)') }
  expect(saidOf(nearMisses, { files: all })).toEqual([
    `${place} MACRO_NEAR_MISS macro DSEC is given, but x.db does not use it: it uses DESC, which takes its default`,
  ])
})
