import { expect, test } from 'vitest'
import { listOverview } from '../../../../src/modules/listing/overview.ts'
import { memoryReader, siteOf, versionFolder } from '../../../support/tree.ts'

const site = siteOf({
  asyn: { '4.9.0': '', '4.42.0+10': '', '4.42.0+9': '', 'README.md': '-> 4.9.0' },
  arm: { '1.0.0': versionFolder('arm', '', 'linux-arm'), '0.9.0': '' },
  other: { '1.0.0': versionFolder('other', '', 'linux-arm') },
  lab: { mytest: '', other: '' },
  empty: {},
})

test.each([
  ['asyn', { newest: '4.42.0+10', versions: 4 }],
  ['arm', { newest: '0.9.0', versions: 2 }],
  ['other', { versions: 1 }],
  ['lab', { newest: 'other', versions: 2 }],
])('%s', (module, expected) => {
  const { value: rows } = listOverview(site, (name) => name === module)
  expect(rows).toEqual([{ module, roots: ['/epics/modules'], ...expected }])
})

test('all modules with versions, by name', () => {
  const { value, diagnostics } = listOverview(site, () => true)
  expect(diagnostics).toEqual([])
  expect(value.map(({ module }) => module)).toEqual(['arm', 'asyn', 'lab', 'other'])
})

test('folders that cannot be read are told', () => {
  const modules = { asyn: { '1.0.0': versionFolder('asyn', '') }, closed: '-> /shut' }
  const reader = memoryReader({ epics: { modules }, shut: '!! permission denied' })
  const { value, diagnostics } = listOverview({ ...site, reader }, () => true)
  expect(value.map(({ module }) => module)).toEqual(['asyn'])
  expect(diagnostics).toMatchObject([
    {
      code: 'FILE_UNREADABLE',
      severity: 'warning',
      message: '/epics/modules/closed cannot be read: permission denied',
    },
  ])
})
