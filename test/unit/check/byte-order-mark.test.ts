import { expect, test } from 'vitest'
import { byteOrderMark } from '../../../src/check/byte-order-mark.ts'

test.each([
  [undefined, []],
  [true, ["remove it: sed -i '1s/^\\xef\\xbb\\xbf//' 'my db'"]],
])('the text of a file that has a byte order mark is without it: %s', (has, hints) => {
  const source = { name: 'my db', text: '', ...(has && { hasByteOrderMark: has }) }
  expect(byteOrderMark(source).map(({ hint }) => hint)).toEqual(hints)
})
