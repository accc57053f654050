import { expect, test } from 'vitest'
import { xmlAttribute, xmlContent } from '../../../src/text/xml.ts'

test.each([
  ['a<b>&"c"', 'a&lt;b&gt;&amp;"c"', 'a&lt;b&gt;&amp;&quot;c&quot;'],
  ['a\n\tb', 'a\n\tb', 'a&#10;&#9;b'],
  ['\u0007\ud800\u{1f600}', '\\u0007\\ud800\u{1f600}', '\\u0007\\ud800\u{1f600}'],
])('%j', (text, content, attribute) => {
  expect(xmlContent(text)).toBe(content)
  expect(xmlAttribute(text)).toBe(attribute)
})
