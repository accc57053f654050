import { expect, test } from 'vitest'
import { createMacros, expandEnvironment } from '../../../src/macro/macros.ts'
import type { Limits, Macros } from '../../../src/macro/types.ts'

const environment: Readonly<Record<string, string>> = {
  ENV: 'from $(A)',
  PLAIN: 'plain',
  LONG: 'long'.repeat(70),
  ACCENT: 'é',
}

function macros(limits: Limits): Macros {
  const made = createMacros({ limits, environment: (name) => environment[name] })
  made.define('A=1,B=$(A)2,C=$(NONE),D="$(A) \'$(A)\'",E=,F=$(F),G=${PLAIN}')
  return made
}

const texts = [
  ...['', 'words', '$', '$$(A)$', '$(A)', '${A}', '$(A)$(B)$(A)', '"$(A)" and "$(B)"', '$(E)'],
  ...['$(C)', '$(D)', '$(F)', '$(G)', '$(NONE)', '$(A)$(NONE)$(B)', '$( A )', '$()'],
  ...['$(ENV)', '$(PLAIN)', '$(PLAIN)$(PLAIN)', '$(LONG)', '$(ACCENT)', '$(A=x)', '$(NONE=$(A))'],
  ...[
    '$(A,A=5)',
    '$($(A))',
    "'$(A)'",
    '\\$(A)',
    'a\\',
    "it's",
    'tab\there',
    `${'x'.repeat(300)}$(A)`,
  ],
]

/** A character behind the text leaves it to the full rules. */
const end = 'é'

test.each(
  (['exact', 'off'] as const).flatMap((limits) => texts.map((text) => [limits, text] as const)),
)('%s: %j becomes the same by the short and by the full rules', (limits, text) => {
  for (const before of ['', '$(PLAIN)', '$(NONE)', '$(LONG)']) {
    const [short, full] = [macros(limits), macros(limits)]
    short.expandGrowing(before)
    full.expandGrowing(before)
    const result = short.expandGrowing(text)
    const { text: fullText, status, ...expected } = full.expandGrowing(text + end)
    expect({ ...result, status: undefined }).toEqual({
      ...expected,
      text: fullText.slice(0, -end.length),
      warnings: expected.warnings.map((one) => withoutEnd(one)),
      status: undefined,
    })
    if (text !== '') expect(Math.abs(result.status)).toBe(Math.abs(status) - 2)
  }
})

test.each(texts)('%j with variables of the environment alone', (text) => {
  const options = { environment: (name: string) => environment[name] }
  const { expansion } = expandEnvironment(text, options)
  expect(expansion).toEqual(createMacros(options).expandGrowing(text))
})

function withoutEnd<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(end, ''))
}
