import { expect, test } from 'vitest'
import { codePages, explainCode } from '../../../src/host/explain-code.ts'
import { codes } from '../../../src/text/codes.ts'

test('meaning, example and remedy as text', () => {
  expect(explainCode('settings_key')).toEqual({
    value: `SETTINGS_KEY (error)

A key of e3.yaml is unknown, stands twice, or is missing.

    e3.yaml:1:1: error[SETTINGS_KEY]: "modul-path" is no key of the settings
      1 | modul-path: /opt/epics/modules
        | ^^^^^^^^^^
      help: did you mean "module-path"?

Correct the key; all are in settings. The rest of the file stays in force.`,
    diagnostics: [],
  })
})

test('an unknown code: the nearest ones', () => {
  expect(explainCode('SETINGS_KEY')).toMatchObject({
    value: '',
    diagnostics: [{ code: 'OPTION_VALUE', hint: expect.stringContaining('SETTINGS_KEY') }],
  })
  expect(explainCode('x').diagnostics[0]?.hint).toContain('docs/reference/codes.md')
})

test('each code that is documented can be explained', () => {
  for (const code of codePages().keys()) {
    expect(explainCode(code).value).toMatch(new RegExp(`^${code} \\((error|warning|info)\\)\n\n.`))
  }
  expect(codePages().size).toBeGreaterThan(Object.keys(codes).length / 2)
})
