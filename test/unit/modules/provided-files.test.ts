import { expect, test } from 'vitest'
import { providedFiles } from '../../../src/modules/provided-files.ts'
import { siteOf, versionFolder } from '../../support/tree.ts'

const site = siteOf({
  stream: {
    '2.8.24': { ...versionFolder('stream', ''), db: { 'old.proto': '' } },
    '2.8.26': {
      ...versionFolder('stream', ''),
      ...{ dbd: { 'stream.dbd': '' }, 'stream.iocsh': '', 'stream_meta.yaml': '' },
      db: { 'a.proto': '', 'b.template': '-> a.proto', folder: { 'c.db': '' } },
    },
    '3.0.0': {},
  },
  plain: { '1.0.0': versionFolder('plain', '') },
})

test.each([
  ['stream', '2.8.26', ['db a.proto', 'db b.template', 'dbd stream.dbd', 'snippet stream.iocsh']],
  ['plain', '1.0.0', ['dbd plain.dbd']],
])('the newest usable version of %s is %s and brings %j', (module, version, files) => {
  const found = providedFiles(site, module)
  expect(found?.version).toBe(version)
  expect(found?.files.map(({ kind, name }) => `${kind} ${name}`)).toEqual(files)
})

test('modules without a version', () => {
  expect(providedFiles(site, 'nothing')).toBeUndefined()
})
