import { expect, test } from 'vitest'
import { checkFormats, findingLines, shownFindings } from '../../../../src/cli/check/findings.ts'
import { diagnostic } from '../../../../src/text/diagnostic.ts'
import { spanOf } from '../../../../src/text/span.ts'

const at = spanOf({ name: 'st.cmd', text: 'x\n' }, 0, 1)
const error = diagnostic('FILE_NOT_FOUND', 'missing', { at })
const warning = diagnostic('SHELL_USAGE', 'odd', { at })
const lint = diagnostic('MODULE_CHOSEN', 'chosen')
const report = {
  ...{ output: { isTerminal: false }, noColor: true },
  ...{ files: ['st.cmd', 'x.db'], seconds: 0.1, cwd: '/here' },
}

function printed(format: (typeof checkFormats)[number], found = [error]): string {
  return [...findingLines(found, format, report)].join('')
}

test.each([
  [{ isQuiet: false, hasLints: true }, [error, warning, lint]],
  [{ isQuiet: false, hasLints: false }, [error, warning]],
  [{ isQuiet: true, hasLints: true }, [error]],
])('shown with %j', (shown, expected) => {
  expect(shownFindings([error, warning, lint, error], shown)).toEqual(expected)
})

test.each(checkFormats)('%s names the code', (format) => {
  expect(printed(format)).toContain('FILE_NOT_FOUND')
  expect(printed(format).endsWith('\n')).toBe(true)
})

test('nothing found: reports are whole, lines are none', () => {
  expect(printed('junit', [])).toContain('tests="2" failures="0"')
  expect(JSON.parse(printed('sarif', []))).toMatchObject({ runs: [{ results: [] }] })
  expect([printed('text', []), printed('json', []), printed('github', [])]).toEqual(['', '', ''])
})

test('SARIF explains the codes', () => {
  const [rule] = JSON.parse(printed('sarif')).runs[0].tool.driver.rules
  expect(rule.help.markdown).toContain('Correct the name')
})
