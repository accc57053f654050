import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMacros } from '../../../src/macro/macros.ts'
import { quoteCommand } from '../../../src/shell/quote.ts'
import { splitLine } from '../../../src/shell/split.ts'
import { hostileText } from '../../support/hostile-text.ts'

const plain = createMacros({ environment: () => 'evil $(X) \'"\\ x', limits: 'exact' })
plain.define('A=a b,"B=\'"')

test('a quoted command means exactly its arguments, whatever is defined', () => {
  fc.assert(
    fc.property(fc.array(hostileText({ maxLength: 20 }), { maxLength: 6 }), (args) => {
      const line = quoteCommand('command', args)
      if (line === undefined) return args.some((text) => /[\n\r\0]|\p{Surrogate}/u.test(text))
      const { text, ok, references } = plain.expandGrowing(line)
      const { words, redirections, error } = splitLine(text)
      const same = words.map((word) => word.text).join('\n') === ['command', ...args].join('\n')
      const clean = references.length === 0 && redirections.length === 0 && !error
      return same && clean && ok && text === line
    }),
    { numRuns: 10_000 },
  )
})

test('also where a buffer of the C code ends', () => {
  for (let length = 230; length < 270; length++) {
    const args = ["x'\\".padStart(length, 'x'), "\\'$(X)'", '"$(X)"', '\\', '$(X)']
    const { text } = plain.expandGrowing(quoteCommand('command', args) ?? '')
    expect(splitLine(text).words.map((word) => word.text)).toEqual(['command', ...args])
  }
})
