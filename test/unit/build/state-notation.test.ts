import { expect, test } from 'vitest'
import { programsOf } from '../../../src/build/state-notation.ts'

test.each([
  ['program ramp\nss s { state a { when () {} exit } }', ['ramp']],
  ['  program sncExample("P=x")\n', ['sncExample']],
  ['/* program no */\n// program no\nprogram yes', ['yes']],
  ['int program;\n', []],
  ['', []],
])('%j', (text, programs) => {
  expect(programsOf(text)).toEqual(programs)
})
