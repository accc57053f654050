import { expect, test } from 'vitest'
import { listInstalled, listModules } from '../../../src/modules/list-installed.ts'
import { siteOf } from '../../support/tree.ts'

const site = siteOf({
  asyn: {
    '4.9.0': '',
    '4.42.0+1': '',
    '4.42.0': '',
    mytest: '',
    '.hidden': '',
    stable: '-> 4.42.0',
  },
  calc: { '1.0.0': '' },
  '.snapshot': {},
  'no module': {},
})

test('versions, highest first, with their roots', () => {
  const listed = listInstalled(site, 'asyn')
  expect(listed.map(({ version }) => version.text)).toEqual([
    '4.42.0+1',
    '4.42.0',
    '4.9.0',
    'stable',
    'mytest',
  ])
  expect(listed[0]?.roots.map(({ directory }) => directory)).toEqual(['/epics/modules'])
  expect(listInstalled(site, 'nothing')).toEqual([])
})

test('modules in alphabetical order', () => {
  expect(listModules(site)).toEqual(['asyn', 'calc'])
})
