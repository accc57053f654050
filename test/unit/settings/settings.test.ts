import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noSettings, readSettings } from '../../../src/settings/settings.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { processorTime, soon } from '../../support/processor-time.ts'

function read(text: string) {
  const { value, diagnostics } = readSettings({ name: 'e3.yaml', text }, '/repo/e3.yaml')
  const found = diagnostics.map(({ code, at, message }) => {
    const length = at ? at.end - at.start : 0
    return `${code} ${at && formatPlace(at).slice(8)}+${length} ${message}`
  })
  return { value, found, diagnostics }
}

const texts = (values: readonly { readonly text: string }[]): string[] =>
  values.map(({ text }) => text)

const entries = (values: readonly { key: { text: string }; value: { text: string } }[]): string[] =>
  values.map(({ key, value }) => `${key.text}=${value.text}`)

const whole = `# yaml-language-server: $schema=https://example.org/e3.schema.json
base: /opt/epics/base
module-path: [/opt/epics/modules, modules]
require: ['stream,2.8.26']
environment: { EPICS_CA_MAX_ARRAY_BYTES: 1000000 }
iocs:
  - name: oven
    script: iocs/oven/st.cmd
    arguments: [-n, OVEN]
    macros: { P: 'LAB:', N: 01, EMPTY: '' }
    environment: { TOP: /srv }
    require: [asyn]
ignore: vendor
severities:
  - { code: SITE_NAME, severity: error }
  - { code: [MACRO_UNDEFINED, SITE_NAME], path: iocs/**, severity: off, reason: old scripts }
rules:
  naming:
    - pattern: '(?<system>[A-Z]+):.*'
      records: ai
      parts: { system: { values: [LAB, TS1], message: ask the naming team } }
      message: see the handbook
  required-fields: { '*': DESC, ai: [EGU, PREC] }
  lengths: { name: 40 }
  forbidden-commands: { system: scripts start no programs }
  include-modules: true
`

test('reads all keys, with absolute paths', () => {
  const { value, found } = read(whole)
  expect(found).toEqual([])
  expect(value.base?.text).toBe('/opt/epics/base')
  expect(texts(value.modulePath)).toEqual(['/opt/epics/modules', '/repo/modules'])
  const [ioc] = value.iocs
  expect(ioc?.name.text).toBe('oven')
  expect(ioc?.script.text).toBe('/repo/iocs/oven/st.cmd')
  expect(texts(ioc?.arguments ?? [])).toEqual(['-n', 'OVEN'])
  expect(entries(ioc?.macros ?? [])).toEqual(['P=LAB:', 'N=01', 'EMPTY='])
  expect(entries(ioc?.environment ?? [])).toEqual(['EPICS_CA_MAX_ARRAY_BYTES=1000000', 'TOP=/srv'])
  expect(texts(ioc?.require ?? [])).toEqual(['stream,2.8.26', 'asyn'])
  expect(texts(value.ignore)).toEqual(['vendor'])
  expect(
    value.severities.map(({ codes, paths, severity }) => [texts(codes), texts(paths), severity]),
  ).toEqual([
    [['SITE_NAME'], [], 'error'],
    [['MACRO_UNDEFINED', 'SITE_NAME'], ['iocs/**'], 'off'],
  ])
  const { naming, requiredFields, lengths, forbiddenCommands, includesModules } = value.rules
  expect(texts(naming[0]?.recordTypes ?? [])).toEqual(['ai'])
  expect(texts(naming[0]?.parts[0]?.value.values ?? [])).toEqual(['LAB', 'TS1'])
  expect(requiredFields.map(({ key, value: fields }) => [key.text, texts(fields)])).toEqual([
    ['*', ['DESC']],
    ['ai', ['EGU', 'PREC']],
  ])
  expect(lengths.map(({ key, value: most }) => [key.text, most])).toEqual([['name', 40]])
  expect(entries(forbiddenCommands)).toEqual(['system=scripts start no programs'])
  expect(includesModules).toBe(true)
})

test.each(['', '# nothing yet\n', '---\n', '\n\n'])('%j: no settings, no message', (text) => {
  const { value, found } = read(text)
  expect(found).toEqual([])
  expect({ ...value, source: undefined }).toEqual({ ...noSettings('/repo'), source: undefined })
})

test('a version of the embedded base is no path', () => {
  expect(read('base: 7.0.10').value.base?.text).toBe('7.0.10')
})

test('aliases stand for their texts', () => {
  const { value, found } = read(
    'require: &all [asyn]\niocs:\n- {name: a, script: a.cmd, require: *all}\n',
  )
  expect(found).toEqual([])
  expect(texts(value.iocs[0]?.require ?? [])).toEqual(['asyn', 'asyn'])
})

test.each([
  ['modul-path: a', ['SETTINGS_KEY 1:1+10 "modul-path" is no key of the settings']],
  ['rules: {nameing: []}', ['SETTINGS_KEY 1:9+7 "nameing" is no key of rules']],
  ['base: a\nbase: b', ['SETTINGS_KEY 2:1+4 the key "base" stands twice']],
  ['? [a]\n: b', ['SETTINGS_KEY 1:3+3 a key of the settings is no text']],
  ['<<: {base: a}', ['SETTINGS_KEY 1:1+2 "<<" is no key of the settings']],
  ['iocs: [{name: a}]', ['SETTINGS_KEY 1:8+1 iocs[0] lacks the key "script"']],
  ['- base', ['SETTINGS_VALUE 1:1+6 the settings must be a mapping, not a list']],
  ['base', ['SETTINGS_VALUE 1:1+4 the settings must be a mapping, not "base"']],
  ['base:', ['SETTINGS_VALUE 1:1+4 base must be a text, not empty']],
  ["base: ''", ['SETTINGS_VALUE 1:7+2 base is empty']],
  ['base: {a: b}', ['SETTINGS_VALUE 1:7+6 base must be a text, not a mapping']],
  ['base: "a\\0b"', ['SETTINGS_VALUE 1:7+6 base holds a NUL']],
  ['iocs: a', ['SETTINGS_VALUE 1:7+1 iocs must be a list, not "a"']],
  ['module-path: []', ['SETTINGS_VALUE 1:14+2 module-path is an empty list']],
  [
    'require: [a b]',
    ['SETTINGS_VALUE 1:11+3 require[0]: "a b" is no module with or without a version'],
  ],
  ['environment: {a-b: c}', ['SETTINGS_VALUE 1:15+3 environment: "a-b" is no name of a variable']],
  [
    'iocs: [{name: a, script: b}, {name: a, script: c}]',
    ['SETTINGS_VALUE 1:37+1 two IOCs have the name "a"'],
  ],
  [
    'rules: {include-modules: yes}',
    ['SETTINGS_VALUE 1:26+3 rules.include-modules must be true or false, not "yes"'],
  ],
  [
    'rules: {lengths: {name: 0}}',
    ['SETTINGS_VALUE 1:25+1 rules.lengths.name must be a whole number from 1 to 4096, not 0'],
  ],
  [
    'rules: {lengths: {name: a}}',
    ['SETTINGS_VALUE 1:25+1 rules.lengths.name must be a whole number, not "a"'],
  ],
  [
    'rules: {required-fields: {ai: desc}}',
    ['SETTINGS_VALUE 1:31+4 rules.required-fields.ai: "desc" is no field'],
  ],
  [
    "rules: {naming: [{pattern: '(a'}]}",
    ['SETTINGS_VALUE 1:28+4 the regular expression "(a" has a "(" without ")"'],
  ],
  [
    "rules: {naming: [{pattern: '(?<sys>a)', parts: {syst: {}}}]}",
    ['SETTINGS_KEY 1:49+4 the pattern has no part "syst"'],
  ],
  ["ignore: '{a'", ['SETTINGS_VALUE 1:9+4 the path "{a" has a "{" without "}"']],
  ['ignore: 1', ['SETTINGS_VALUE 1:9+1 ignore must be a text, not "1"']],
  [
    'severities: [{code: MACRO_UNDEFIND, severity: info}]',
    ['SETTINGS_VALUE 1:21+14 severities[0].code: "MACRO_UNDEFIND" is no code'],
  ],
  [
    'severities: [{code: SETTINGS_KEY, severity: off}]',
    ['SETTINGS_VALUE 1:21+12 severities[0].code: "SETTINGS_KEY" cannot be changed'],
  ],
  [
    'severities: [{code: SITE_NAME, severity: none}]',
    [
      'SETTINGS_VALUE 1:42+4 severities[0].severity cannot be "none": it is one of error, warning, info, off',
    ],
  ],
  [
    'severities: [{severity: off}]',
    ['SETTINGS_KEY 1:14+15 this severity is for no code and no path'],
  ],
  [
    'severities: [{code: MACRO_UNDEFINED, severity: off}]',
    ['SETTINGS_KEY 1:21+15 MACRO_UNDEFINED is lowered to off without a reason'],
  ],
  [
    'severities: [{path: a, severity: warning}]',
    ['SETTINGS_KEY 1:14+28 a code that is an error is lowered to warning without a reason'],
  ],
  [
    'require: *a',
    [
      'SETTINGS_SYNTAX 1:10+2 no text before has the anchor "&a"',
      'SETTINGS_VALUE 1:10+2 require must be a text, not empty',
    ],
  ],
])('%j', (text, expected) => {
  expect(read(text).found).toEqual(expected)
})

test.each([
  ['base: [a'],
  ['base: "a'],
  ['base: a: b'],
  ['\tbase: a'],
  ['base: a\n---\nbase: b'],
  ['base: "\\d"'],
  ['%YAML 9\n--- {'],
  ['base: !!foo a'],
])('%j is a mistake of syntax with a place', (text) => {
  const [first] = read(text).diagnostics
  expect(first).toMatchObject({ code: 'SETTINGS_SYNTAX', at: { source: { text } } })
})

test.each([
  ['a severity whose only code is wrong', 'severities: [{code: NO_CODE, path: a, severity: off}]'],
  ['a severity without reason', 'severities: [{code: MACRO_UNDEFINED, severity: off}]'],
  ['a severity with a wrong path', "severities: [{code: SITE_NAME, path: '{', severity: off}]"],
])('%s has no effect', (_what, text) => {
  expect(read(text).value.severities).toEqual([])
})

test('one mistake leaves the rest in force', () => {
  const { value } = read('bas: a\nrequire: [asyn, 1]\nrules: {lengths: {name: x, DESC: 3}, x: 1}')
  expect(texts(value.require)).toEqual(['asyn'])
  expect(value.rules.lengths).toHaveLength(1)
})

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefgh'.split('').map((name, index) => {
    const before = String.fromCharCode(97 + index)
    return `${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`
  }),
  'iocs: *h',
].join('\n')

test.each([
  ['aliases of aliases', bomb],
  ['many aliases', `base: &a b\nignore: [${'*a,'.repeat(21_000)}]`],
  ['an alias inside of its own anchor', 'iocs: &a [*a]'],
  ['depth in brackets', '['.repeat(20_000)],
  ['depth in lists', '- '.repeat(20_000)],
  ['depth in mappings', '{a: '.repeat(10_000)],
  ['many keys', Array.from({ length: 10_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['more than 256 KiB', `# ${'x'.repeat(2 ** 18)}`],
])('%s: an error, soon', (_what, text) => {
  const fails = () => expect(read(text).diagnostics[0]?.severity).toBe('error')
  expect(processorTime(fails)).toBeLessThan(soon)
})

test('never throws', () => {
  const words = [
    'base',
    'iocs',
    'rules',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '*a',
    '&a ',
  ]
  const unit = fc.constantFrom(
    ...words,
    '"',
    "'",
    '|',
    '>',
    '!',
    '%',
    '#',
    '?',
    '\t',
    '\0',
    '\ud800',
  )
  fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), (text) => void read(text)))
})

test.each([
  ['lists', '[', ']'],
  ['mappings', '{ a: ', '}'],
])('%s that are nested too deeply', (_title, open, close) => {
  const text = `iocs: ${open.repeat(3000)}${close.repeat(3000)}\n`
  const { diagnostics } = readSettings({ name: 'e3.yaml', text }, '/repo/e3.yaml')
  expect(diagnostics.filter(({ code }) => code === 'SETTINGS_SYNTAX')).toMatchObject([
    { message: 'lists and mappings are nested too deeply' },
  ])
})
