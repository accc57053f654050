import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { readCodePages } from '../../../src/text/code-pages.ts'
import { type Diagnostic, diagnostic } from '../../../src/text/diagnostic.ts'
import { renderSarif } from '../../../src/text/formats-sarif.ts'
import { spanOf, withOrigin } from '../../../src/text/span.ts'

const require = createRequire(import.meta.url)
const schema: unknown = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
)
const ajv = new Ajv.default({ strict: false, unicodeRegExp: false })
addFormats.default(ajv)
const validate = ajv.compile(schema as object)

const pages = readCodePages(
  '## OPTION_VALUE\n\nAn option lacks its value. More.\n\n```\nx\n```\n\nCorrect it.\n',
)

function sarif(diagnostics: readonly Diagnostic[]) {
  const text = [...renderSarif(diagnostics, { version: '1.2.3', cwd: '/re po', pages })].join('')
  const log = JSON.parse(text)
  validate(log)
  expect(validate.errors).toBeNull()
  return log.runs[0]
}

const script = { name: 'a b/st.cmd', text: 'one\ntwo three\n' }
const at = spanOf(script, 8, 13)
const uriBaseId = '%SRCROOT%'

test('nothing found is a valid log', () => {
  expect(sarif([])).toMatchObject({
    tool: { driver: { name: 'e3-iocsh', semanticVersion: '1.2.3', rules: [] } },
    originalUriBaseIds: { [uriBaseId]: { uri: 'file:///re%20po/' } },
    results: [],
  })
})

test('place, rule with its page, notes and hint', () => {
  const notes = [{ message: 'without place' }, { message: 'see', at: spanOf(script, 0, 3) }]
  const run = sarif([
    diagnostic('SHELL_USAGE', 'first', { at }),
    diagnostic('OPTION_VALUE', 'wrong', { at, notes, hint: 'write more' }),
  ])
  expect(run.tool.driver.rules).toEqual([
    {
      id: 'OPTION_VALUE',
      defaultConfiguration: { level: 'error' },
      shortDescription: { text: 'An option lacks its value.' },
      help: {
        text: expect.stringContaining('Correct it.'),
        markdown: expect.stringContaining('```'),
      },
    },
    { id: 'SHELL_USAGE', defaultConfiguration: { level: 'warning' } },
  ])
  expect(run.results[1]).toEqual({
    ...{ ruleId: 'OPTION_VALUE', ruleIndex: 0, level: 'error' },
    message: { text: 'wrong\nnote: without place\nhelp: write more' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/st.cmd', uriBaseId },
          region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 0,
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/st.cmd', uriBaseId },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
        },
        message: { text: 'see' },
      },
    ],
  })
})

test('the chain of reasons, cut in the middle', () => {
  let span = at
  for (let link = 0; link < 50; link++) {
    span = withOrigin(span, { message: `loaded ${link}`, at })
  }
  const [result] = sarif([diagnostic('OPTION_VALUE', 'm', { at: span })]).results
  expect(result.relatedLocations).toHaveLength(20)
  expect(result.relatedLocations[19].message.text).toBe('loaded 49')
})

test.each([
  ['/opt/x#1.db', { uri: 'file:///opt/x%231.db' }],
  ['./x.db', { uri: 'x.db', uriBaseId }],
  ['../x.db', { uri: '../x.db', uriBaseId }],
  ['ä\ud800', { uri: '%C3%A4%EF%BF%BD', uriBaseId }],
])('file %j', (name, artifactLocation) => {
  const place = spanOf({ name, text: '' })
  const [result] = sarif([diagnostic('OPTION_VALUE', 'm', { at: place })]).results
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual(artifactLocation)
})

test('the command line is no file; what has no place has none', () => {
  const place = spanOf({ name: '<command line>', text: 'e3' })
  const { results } = sarif([
    diagnostic('OPTION_VALUE', 'm', { at: place }),
    diagnostic('MODULE_CHOSEN', 'm'),
  ])
  expect(results[0].locations).toEqual([
    { logicalLocations: [{ fullyQualifiedName: '<command line>' }] },
  ])
  expect(results[1]).toMatchObject({ level: 'note' })
  expect(results[1].locations).toBeUndefined()
})

test('edits are fixes', () => {
  const fixes = [{ at: spanOf(script, 0, 3), replacement: 'One' }]
  const [result] = sarif([diagnostic('OPTION_VALUE', 'm', { at, fixes })]).results
  expect(result.fixes[0].artifactChanges[0].replacements).toEqual([
    {
      deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
      insertedContent: { text: 'One' },
    },
  ])
})
