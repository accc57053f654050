import { expect, test } from 'vitest'
import { readSettings } from '../../../src/settings/settings.ts'
import { applySeverities, type Looked, raisesFindings } from '../../../src/settings/severities.ts'
import type { Code } from '../../../src/text/codes.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { spanOf } from '../../../src/text/span.ts'
import { processorTime, soon } from '../../support/processor-time.ts'

function found(code: Code, file?: string) {
  const at = file === undefined ? undefined : spanOf({ name: file, text: '' })
  return diagnostic(code, 'message', { at })
}

const three = [
  found('SITE_NAME', 'iocs/a.db'),
  found('MACRO_UNDEFINED', 'old/b.cmd'),
  found('MODULE_CHOSEN'),
]

function apply(rules: string, looked: Partial<Looked> = {}, items = three): string[] {
  const text = `${rules.startsWith('ignore') ? '' : 'severities:\n'}${rules}\n`
  const { value, diagnostics } = readSettings({ name: 'e3.yaml', text }, '/repo/e3.yaml')
  expect(diagnostics).toEqual([])
  return applySeverities(items, value, { cwd: '/repo', ...looked }).map(
    ({ code, severity, message }) =>
      code === 'SEVERITY_UNUSED' ? `${severity} ${code} ${message}` : `${severity} ${code}`,
  )
}

const [name, macro, chosen] = ['warning SITE_NAME', 'error MACRO_UNDEFINED', 'info MODULE_CHOSEN']

test.each([
  ['nothing', 'ignore: x', [name, macro, chosen]],
  ['a code', '- {code: SITE_NAME, severity: error}', ['error SITE_NAME', macro, chosen]],
  ['off', '- {code: SITE_NAME, severity: off}', [macro, chosen]],
  ['two codes', '- {code: [SITE_NAME, MODULE_CHOSEN], severity: off}', [macro]],
  ['a path', '- {path: old, severity: off, reason: r}', [name, chosen]],
  ['a code in a path', '- {code: SITE_NAME, path: old, severity: off}', [name, macro, chosen]],
  [
    'the last one that fits',
    '- {code: SITE_NAME, severity: off}\n- {code: SITE_NAME, path: iocs/*, severity: info}',
    ['info SITE_NAME', macro, chosen],
  ],
  [
    'a broader one behind a narrower one',
    '- {code: SITE_NAME, path: iocs/*, severity: info}\n- {code: SITE_NAME, severity: off}',
    [macro, chosen],
  ],
  ['ignored files', 'ignore: old', [name, chosen]],
])('%s', (_what, rules, expected) => {
  expect(apply(rules)).toEqual(expected)
})

test('messages about the settings stay', () => {
  const rules = "- {path: '**', severity: off, reason: r}"
  expect(apply(rules, {}, [found('SETTINGS_KEY', 'e3.yaml')])).toEqual(['error SETTINGS_KEY'])
})

test.each([
  ['{code: LINK_ELSEWHERE, severity: error}', true],
  ['{path: db, severity: error}', true],
  ['{code: [SITE_NAME, LINK_ELSEWHERE], severity: error}', true],
  ['{code: SITE_NAME, severity: error}', false],
  ['{code: LINK_ELSEWHERE, severity: warning}', false],
])('%s makes errors: %s', (rule, expected) => {
  const { value } = readSettings(
    { name: 'e3.yaml', text: `severities: [${rule}]\n` },
    '/repo/e3.yaml',
  )
  expect(raisesFindings(value)).toBe(expected)
})

const unused = (what: string): string => `info SEVERITY_UNUSED ${what}: the severity is not needed`

test.each<[string, string, Partial<Looked>, string[]]>([
  [
    'a code that is nowhere',
    '- {code: [SITE_NAME, SITE_FIELD], severity: info}',
    { isComplete: true },
    [unused('no message has the code SITE_FIELD here')],
  ],
  ['the same when only a part was read', '- {code: SITE_FIELD, severity: off}', {}, []],
  [
    'a path whose files were read',
    '- {path: db, severity: off, reason: r}',
    { files: ['db/x.db'], isComplete: true },
    [unused('no message is in these files')],
  ],
  [
    'a path of which only some files were read',
    '- {path: db, severity: off, reason: r}',
    { files: ['db/x.db'] },
    [],
  ],
  [
    'a path whose files were not read',
    '- {path: db, severity: off, reason: r}',
    { files: ['x.db'], isComplete: true },
    [],
  ],
  [
    'a code in a path',
    '- {code: SITE_NAME, path: old, severity: off}',
    { files: ['old/b.cmd'], isComplete: true },
    [unused('no message has the code SITE_NAME here')],
  ],
  [
    'hidden by a later one: it fitted',
    '- {code: SITE_NAME, severity: info}\n- {code: SITE_NAME, severity: warning}',
    { isComplete: true },
    [],
  ],
  [
    'switched off itself',
    '- {code: SITE_FIELD, severity: info}\n- {code: SEVERITY_UNUSED, severity: off}',
    { isComplete: true },
    [],
  ],
])('unused: %s', (_what, rules, looked, expected) => {
  expect(apply(rules, looked).filter((one) => one.includes('SEVERITY_UNUSED'))).toEqual(expected)
})

test('a hundred thousand messages and many rules', () => {
  const rules = Array.from(
    { length: 50 },
    (_, index) => `- {path: '**/x${index}*', code: SITE_NAME, severity: info}`,
  )
  const items = Array.from({ length: 100_000 }, (_, index) =>
    found('SITE_NAME', `a/${index % 100}.db`),
  )
  const applied = () => expect(apply(rules.join('\n'), {}, items)).toHaveLength(100_000)
  expect(processorTime(applied)).toBeLessThan(soon)
})
