import { expect, test } from 'vitest'
import { stagePlan } from '../../../src/build/stage-plan.ts'

const files = {
  ...{ sources: ['src/a.c'], dbds: ['src/a.dbd'], substitutions: [] },
  ...{ headers: ['src/a.h'], templates: ['Db/a.db'], scripts: ['iocsh/a.iocsh'] },
}
const made = {
  library: 'o/libm.so',
  dbd: 'g/m.dbd',
  headers: ['i/xRecord.h'],
  databases: ['d/b.db'],
}

test('the layout of an installed version', () => {
  const licences = [{ to: 'licences/x/LICENSE', from: 'x/LICENSE' }]
  const { value } = stagePlan({ module: 'm', arch: 'arch', files, made, licences })
  expect(value.map(({ to }) => to)).toEqual([
    ...['lib/arch/libm.so', 'dbd/m.dbd', 'include/a.h', 'include/xRecord.h'],
    ...['db/a.db', 'db/b.db', 'a.iocsh', 'licences/x/LICENSE'],
  ])
})

test('a module without code', () => {
  const nothing = { headers: [], databases: [] }
  const none = { ...files, headers: [], scripts: [] }
  const { value } = stagePlan({ module: 'm', arch: 'a', files: none, made: nothing, licences: [] })
  expect(value).toEqual([{ to: 'db/a.db', from: 'Db/a.db' }])
})

test('two files of one name are an error, the same file twice is none', () => {
  const templates = ['Db/a.db', 'Db/a.db', 'other/a.db']
  const plan = stagePlan({
    module: 'm',
    arch: 'a',
    files: { ...files, templates },
    made,
    licences: [],
  })
  expect(plan.diagnostics).toMatchObject([
    {
      code: 'INSTALLED_TWICE',
      message: 'Db/a.db and other/a.db would both be installed as db/a.db',
    },
  ])
})
