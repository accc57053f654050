import { expect, test } from 'vitest'
import { groupWords, iocWord } from '../../../../src/cli/check/file-words.ts'
import { argumentsOf } from '../../../../src/cli/iocsh/argument-source.ts'

test.each([
  ['st.cmd', ['st.cmd']],
  ['st.cmd P=1 R=2', ['st.cmd P=1 R=2']],
  ['a.db b.db P=1', ['a.db P=1', 'b.db P=1']],
  ['a.db P=1 b.db P=2', ['a.db P=1', 'b.db P=2']],
  ['a.db P=1 b.db c.db P=2', ['a.db P=1', 'b.db P=2', 'c.db P=2']],
  ['P=1 a.db b.db R=2', ['a.db P=1 R=2', 'b.db P=1 R=2']],
  ['P=1 a.db P=2', ['a.db P=1 P=2']],
  ['a.db P= dir/x=y.db', ['a.db P=', 'dir/x=y.db']],
  ['', []],
])('%s', (line, expected) => {
  const { files } = groupWords(argumentsOf('e3 check', line.split(' ').filter(Boolean)))
  expect(
    files.map(({ text, macros }) =>
      [text, ...macros.map(({ name, value }) => `${name}=${value}`)].join(' '),
    ),
  ).toEqual(expected)
})

test('macros in front of all files are given back, also without a file', () => {
  const { files, common } = groupWords(argumentsOf('e3 check', ['P=1']))
  expect(files).toEqual([])
  expect(common.map(({ name }) => name)).toEqual(['P'])
})

test('where each file has macros of its own', () => {
  const words = argumentsOf('e3 diff', ['Q=0', 'a.db', 'b.db', 'P=1'])
  expect(groupWords(words, true).files.map(({ macros }) => macros.length)).toEqual([1, 2])
})

test('an IOC with its name has the macros of every file', () => {
  const [word, macro] = argumentsOf('e3 check', ['A=b=c/st.cmd', 'P=1'])
  if (!word || !macro) throw new Error('no words')
  const common = [{ name: 'P', value: '1', at: macro.at }]
  expect(iocWord(word, common)).toMatchObject({
    ...{ iocName: 'A', text: 'b=c/st.cmd', macros: common, at: word.at },
  })
})
