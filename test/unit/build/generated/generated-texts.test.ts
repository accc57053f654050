import { expect, test } from 'vitest'
import {
  type GenerationInput,
  generateTexts,
} from '../../../../src/build/generated/generated-texts.ts'

const files: Readonly<Record<string, string>> = {
  'src/a.dbd': 'include "exRecord.dbd"\ninclude "menuBase.dbd"\nregistrar(aRegistrar)\n',
  'exRecord.dbd': 'recordtype(ex) {\n  field(VAL, DBF_LONG) { prompt("x") }\n}\n',
  'menuBase.dbd': 'menu(menuBase) { choice(menuBaseA, "A") }\n',
}

const generate = (input: Partial<GenerationInput>) =>
  generateTexts({
    ...{ module: 'a', version: '1.0.0+2', output: 'o', programs: [] },
    files: { sources: [], dbds: [] },
    findDefinitions(path) {
      const text = files[path]
      return text === undefined ? undefined : { path, text, isOwn: path !== 'menuBase.dbd' }
    },
    ...input,
  })

test('a module without code has nothing', () => {
  expect(generate({}).value.texts.size).toBe(0)
})

test('sources alone: the version', () => {
  const { value } = generate({ files: { sources: ['a.c'], dbds: [] } })
  expect([...value.texts]).toEqual([
    ['o/generated/a_version_1_0_0_2.c', 'char _aLibRelease[] = "1.0.0+2";\n'],
  ])
})

test('a dbd file: one text, registration, headers of its own record types only', () => {
  const { value, diagnostics } = generate({ files: { sources: [], dbds: ['src/a.dbd'] } })
  expect(diagnostics).toEqual([])
  expect(value).toMatchObject({ dbd: 'o/generated/a.dbd', headers: ['o/include/exRecord.h'] })
  expect(value.texts.get('o/generated/a.dbd')).not.toContain('include')
  expect(value.texts.get('o/generated/a.dbd')).toContain('menu(menuBase)')
  expect(value.sources).toContain('o/generated/a_registerRecordDeviceDriver.cpp')
})

test('programs in state notation have a registrar each', () => {
  const { value } = generate({ files: { sources: ['p.st'], dbds: [] }, programs: ['p'] })
  expect(value.texts.get('o/generated/a.dbd')).toBe('registrar(pRegistrar)\n')
})
