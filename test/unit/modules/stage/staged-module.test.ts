import { expect, test } from 'vitest'
import { readBuilt } from '../../../../src/modules/stage/staged-module.ts'

const whole = { module: 'asyn', version: '1.0.0+1', arch: 'linux-x86_64', stage: 'stage' }
const read = (text: string) => readBuilt({ name: 'built.json', text }, '/asyn/.e3/linux-x86_64')

test('a stage beside its description', () => {
  const { value, diagnostics } = read(JSON.stringify(whole))
  expect(diagnostics).toEqual([])
  expect(value).toMatchObject({ module: 'asyn', architecture: 'linux-x86_64' })
  expect(value?.directory).toBe('/asyn/.e3/linux-x86_64/stage')
  expect(value?.version.text).toBe('1.0.0+1')
})

test.each([
  [{ insteadOf: '1.0.0' }, { insteadOf: '1.0.0' }],
  [
    { isDevelopment: true, searchAll: true },
    { isDevelopment: true, searchAll: true },
  ],
  [{ isDevelopment: false, searchAll: 'yes', insteadOf: 7 }, undefined],
])('what was asked for when it was built: %j', (more, choice) => {
  expect(read(JSON.stringify({ ...whole, ...more })).value?.choice).toEqual(choice)
})

test.each([
  ['no JSON', '{', 'STAGE_INVALID'],
  ['no object', '7', 'STAGE_INVALID'],
  ['a key less', JSON.stringify({ ...whole, version: undefined }), 'STAGE_INVALID'],
  ['no name', JSON.stringify({ ...whole, module: '../asyn' }), 'MODULE_NAME_INVALID'],
  ['no version', JSON.stringify({ ...whole, version: '.hidden' }), 'VERSION_INVALID'],
  ['no architecture', JSON.stringify({ ...whole, arch: '../x' }), 'STAGE_INVALID'],
])('%s', (_title, text, code) => {
  const { value, diagnostics } = read(text)
  expect(value).toBeUndefined()
  expect(diagnostics.map((one) => one.code)).toEqual([code])
})
