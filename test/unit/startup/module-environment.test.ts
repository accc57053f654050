import { expect, test } from 'vitest'
import { moduleSettings } from '../../../src/startup/module-environment.ts'

const asyn = { name: 'asyn', version: '4.42.0+3', directory: '/m/asyn/4.42.0+3' }
const withDb = { ...asyn, dbDirectory: '/m/asyn/4.42.0+3/db' }

function settings(
  module: typeof asyn & { dbDirectory?: string },
  environment: Record<string, string> = {},
  loaded: string[] = [],
) {
  return Object.fromEntries(
    moduleSettings(module, new Map(Object.entries(environment)), {
      loaded: new Set(loaded),
      initialTemplates: undefined,
    }),
  )
}

test('directories end with a slash', () => {
  expect(settings(withDb)).toEqual({
    MODULE: 'asyn',
    asyn_VERSION: '4.42.0+3',
    MODULE_DIR: '/m/asyn/4.42.0+3/',
    asyn_DIR: '/m/asyn/4.42.0+3/',
    SCRIPT_PATH: '.:/m/asyn/4.42.0+3/',
    asyn_DB: '/m/asyn/4.42.0+3/db/',
    asyn_TEMPLATES: '/m/asyn/4.42.0+3/db/',
    TEMPLATES: '/m/asyn/4.42.0+3/db/',
    EPICS_DB_INCLUDE_PATH: '.:/m/asyn/4.42.0+3/db/',
  })
})

test.each([
  [undefined, '.:/d/'],
  ['', '.:/d/'],
  ['.', '.:/d/'],
  ['.:/a/', '.:/d/:/a/'],
  ['/a/', '/d/:/a/'],
  ['/a/:/d/', '/d/:/a/'],
  ['.:/a/:/d/', '.:/d/:/a/'],
])('search path %j becomes %j', (before, after) => {
  const environment: Record<string, string> = before === undefined ? {} : { SCRIPT_PATH: before }
  expect(settings({ ...asyn, directory: '/d' }, environment)['SCRIPT_PATH']).toBe(after)
})

test('TEMPLATES of an earlier module do not stay for one without databases', () => {
  expect(settings(asyn, { TEMPLATES: '/other/db/' })).toHaveProperty('TEMPLATES', undefined)
  expect(settings(asyn)).not.toHaveProperty('TEMPLATES')
})

test('protocols are found in databases of modules that come with or after stream', () => {
  expect(settings(withDb, {}, ['asyn'])).not.toHaveProperty('STREAM_PROTOCOL_PATH')
  expect(settings(withDb, { STREAM_PROTOCOL_PATH: '/p' }, ['stream', 'asyn'])).toHaveProperty(
    'STREAM_PROTOCOL_PATH',
    '/m/asyn/4.42.0+3/db/:/p',
  )
})
