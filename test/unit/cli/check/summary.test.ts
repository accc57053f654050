import { expect, test } from 'vitest'
import { summaryLine } from '../../../../src/cli/check/summary.ts'
import type { Severity } from '../../../../src/text/codes.ts'
import { diagnostic } from '../../../../src/text/diagnostic.ts'

test('findings that stand for others count as many', () => {
  const rest = { ...diagnostic('DB_SYNTAX', 'and 3 more'), more: [1, 2, 3] }
  const found = [diagnostic('DB_SYNTAX', 'x'), rest]
  expect(summaryLine(found, { iocs: 0, files: 1, records: 0 }, 0)).toMatch(/^4 errors in/)
})

test.each<[Severity[], [number, number, number], string]>([
  [[], [1, 2, 3], 'nothing wrong in 1 IOC, 2 files, 3 records (0.4 s)'],
  [
    ['error', 'warning', 'error'],
    [2, 14, 1200],
    '2 errors, 1 warning in 2 IOCs, 14 files, 1,200 records (0.4 s)',
  ],
  [['info'], [0, 1, 1], '1 remark in 1 file, 1 record (0.4 s)'],
])('%j in %j', (severities, [iocs, files, records], expected) => {
  const found = severities.map((severity) => diagnostic('FILE_TYPE', 'x', { severity }))
  expect(summaryLine(found, { iocs, files, records }, 0.42)).toBe(expected)
})
