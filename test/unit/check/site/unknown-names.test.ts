import { expect, test } from 'vitest'
import { unknownNames } from '../../../../src/check/site/unknown-names.ts'
import { readSettings } from '../../../../src/settings/settings.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const { set: definitions } = loadDefinitions({
  'main.dbd': `
recordtype(ai) { field(NAME, DBF_STRING) { size(61) } field(DESC, DBF_STRING) { size(41) } field(EGU, DBF_STRING) { size(16) } }
recordtype(stringin) { field(NAME, DBF_STRING) { size(61) } field(DESC, DBF_STRING) { size(41) } field(SVAL, DBF_STRING) { size(40) } }`,
})

function told(rules: string, hasBase = true): (readonly [string, string | undefined, string])[] {
  const { value } = readSettings({ name: 'e3.yaml', text: `rules: ${rules}` }, '/repo/e3.yaml')
  const found = unknownNames(value.rules, {
    definitions: hasBase ? [definitions, definitions] : [],
    commands: [['asynSetTraceMask']],
    isInstalledType: (name) => name === 'aim',
    isInstalledCommand: (name) => name === 'systems',
  })
  return found.map(({ code, message, hint, at }) => {
    expect(code).toBe('SITE_RULE_UNKNOWN')
    const place = at?.source.text.slice(at.start, at.end) ?? ''
    return [message.replace(': this rule never applies', ''), hint, place]
  })
}

const noType = (name: string, near: string) =>
  [`no record type is called "${name}"`, `did you mean "${near}"?`, name] as const

test.each<[string, ReturnType<typeof told>]>([
  ['{required-fields: {aii: [DESC]}}', [noType('aii', 'ai')]],
  ['{required-fields: {strinin: [DESC], aim: [X]}}', [noType('strinin', 'stringin')]],
  ['{naming: [{pattern: x, records: [ai, strngin]}]}', [noType('strngin', 'stringin')]],
  [
    '{required-fields: {ai: [DSEC, EGU, SVAL]}}',
    [
      ['ai records have no field "DSEC"', 'did you mean "DESC"?', 'DSEC'],
      ['ai records have no field "SVAL"', undefined, 'SVAL'],
    ],
  ],
  [
    "{required-fields: {'*': [DECS, SVAL, VELO]}, lengths: {name: 9, SVLA: 5}}",
    [
      ['no record type has a field "DECS"', 'did you mean "DESC"?', 'DECS'],
      ['no record type has a field "SVLA"', 'did you mean "SVAL"?', 'SVLA'],
    ],
  ],
  [
    '{forbidden-commands: {systm: x, systems: x, system: x, asynSetTraceMsk: x, motorFoo: x}}',
    [
      ['no command is called "systm"', 'did you mean "system"?', 'systm'],
      [
        'no command is called "asynSetTraceMsk"',
        'did you mean "asynSetTraceMask"?',
        'asynSetTraceMsk',
      ],
    ],
  ],
  ['{required-fields: {motor: [VELO]}}', []],
])('%s', (rules, expected) => {
  expect(told(rules)).toEqual(expected)
})

test('without a base nothing is said of types and fields', () => {
  expect(told('{required-fields: {aii: [DSEC]}, lengths: {DSEC: 3}}', false)).toEqual([])
})
