import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkStageFiles } from '../../../../src/host/tree/check-stage-files.ts'
import type { StagedModule } from '../../../../src/modules/stage/staged-module.ts'
import { writeMeta } from '../../../support/built-module.ts'
import { writeStage } from '../../../support/stage.ts'

let [work, stage] = ['', '']
let staged: StagedModule
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'e3-stage-'))
  staged = writeStage(work)
  stage = staged.directory
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

const check = () => checkStageFiles(staged).map(({ code, notes }) => [code, notes[0]?.message])

test('a description without hashes says nothing', () => {
  expect(check()).toEqual([])
})

test.each<[string, () => void, unknown[]]>([
  ['as it was built', () => {}, []],
  ['changed', () => appendFileSync(join(stage, 'db/asyn.db'), 'x'), ['db/asyn.db was changed']],
  ['emptied', () => truncateSync(join(stage, 'db/asyn.db')), ['db/asyn.db was changed']],
  ['missing', () => rmSync(join(stage, 'db/asyn.db')), ['db/asyn.db is missing']],
  ['added', () => writeFileSync(join(stage, 'db/b.db'), ''), ['db/b.db was added']],
  [
    'a file has become a link that leads nowhere',
    () => {
      rmSync(join(stage, 'db/asyn.db'))
      symlinkSync('nowhere', join(stage, 'db/asyn.db'))
    },
    ['db/asyn.db was changed'],
  ],
  [
    'without description',
    () => rmSync(join(stage, 'asyn_meta.yaml')),
    ['asyn_meta.yaml is missing'],
  ],
  ['all is gone', () => rmSync(stage, { recursive: true }), ['asyn_meta.yaml is missing']],
])('%s', (_title, damage, expected) => {
  writeMeta(stage, { name: 'asyn', version: '1.0.0', arch: 'linux-x86_64' })
  damage()
  expect(check()).toEqual(expected.map((reason) => ['STAGE_DAMAGED', reason]))
})

test('a description that cannot be read', () => {
  writeFileSync(join(stage, 'asyn_meta.yaml'), '[')
  expect(check().map(([code]) => code)).toEqual(['META_INVALID'])
})
