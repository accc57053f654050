import { describe, expect, test } from 'vitest'
import { readReportedDiagnostic } from '../../../src/smoke/reported-diagnostic.ts'
import { type Diagnostic, diagnostic } from '../../../src/text/diagnostic.ts'
import { renderJson } from '../../../src/text/formats.ts'
import { renderText } from '../../../src/text/render.ts'
import { spanOf } from '../../../src/text/span.ts'

const script = { name: 'st.cmd', text: '# comment\nrequire nosuch,1.0.0\n' }
const caller = { name: '<command line>', text: 'iocsh st.cmd' }
const texts = new Map([script, caller].map(({ name, text }) => [name, text]))

const reported: Diagnostic = diagnostic('MODULE_NOT_FOUND', 'module nosuch is not installed', {
  at: {
    ...spanOf(script, 18, 24),
    from: { message: 'loaded here', at: spanOf(caller, 6, 12) },
  },
  notes: [{ message: 'searched here', at: spanOf(script, 0, 1) }, { message: 'no place' }],
  hint: 'install it',
})

describe('a diagnostic that was printed as JSON', () => {
  test('is read back with its places and its chain', () => {
    const read = readReportedDiagnostic(renderJson(reported), (name) => texts.get(name))
    expect(read && renderText(read)).toBe(renderText(reported))
    expect(read && renderJson(read)).toBe(renderJson(reported))
  })

  test('keeps line and column also where the file cannot be read', () => {
    const read = readReportedDiagnostic(renderJson(reported), () => undefined)
    expect(read && renderText(read).split('\n')[0]).toBe(
      'st.cmd:2:9: error[MODULE_NOT_FOUND]: module nosuch is not installed',
    )
  })

  test('keeps a severity that is not the usual one', () => {
    const weak = diagnostic('MODULE_NOT_FOUND', 'text', { severity: 'warning' })
    expect(readReportedDiagnostic(renderJson(weak), () => undefined)).toEqual(weak)
  })
})

test.each([
  'iocRun: All initialization complete',
  '{',
  '{}',
  '[1]',
  '{"code":"NOT_A_CODE","message":"x"}',
  '{"code":"toString","message":"x"}',
  '{"code":"MODULE_NOT_FOUND"}',
])('%s is output of the IOC', (line) => {
  expect(readReportedDiagnostic(line, () => undefined)).toBeUndefined()
})
