import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { inFileOrder } from '../../../src/text/order.ts'
import { spanOf } from '../../../src/text/span.ts'

const a = { name: 'a', text: '0123456789' }
const b = { name: 'b', text: '0123456789' }
const at = (source: typeof a, start: number, message = `${source.name}${start}`) =>
  diagnostic('OPTION_VALUE', message, { at: spanOf(source, start, start + 1) })

test('each once, the places of a file in order, files as they appear', () => {
  const plain = diagnostic('OPTION_VALUE', 'plain')
  const found = [at(a, 5), at(b, 1), plain, at(a, 2), at(a, 5), at(b, 0)]
  expect(inFileOrder(found).map(({ message }) => message)).toEqual([
    'a2',
    'a5',
    'b0',
    'b1',
    'plain',
  ])
})

test('the same place with another message stays', () => {
  expect(inFileOrder([at(a, 1, 'x'), at(a, 1, 'y')])).toHaveLength(2)
})
