import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourcesOf } from '../../../../src/host/tree/find-sources.ts'
import type { RebuildStep } from '../../../../src/modules/rebuild-plan.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { writeFiles } from '../../../support/stage.ts'

let work = ''
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'e3-sources-'))
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

/** Of llrf 3.16.1+4, which is installed with this text as what the build says of its sources. */
function sources(told: string, folder?: string) {
  const directory = join(work, 'tree/llrf/3.16.1+4')
  writeFiles(directory, { 'llrf_meta.yaml': `module: llrf\nsource: ${told}\n` })
  const version = parseVersion('3.16.1+4')
  const root = { directory: join(work, 'tree'), origin: '-l' }
  const step: RebuildStep = {
    ...{ module: 'llrf', from: version, to: '3.16.1+5', pins: [], kept: [] },
    place: { module: 'llrf', version, root, directory, isLink: false },
  }
  return sourcesOf(step, folder && join(work, folder))
}

test.each<[string, object]>([
  ['{ url: https://host/x.git, commit: 00e1234 }', { folder: '' }],
  ['{ url: git@host:x.git, commit: 00e1234, folder: modules/llrf }', { folder: 'modules/llrf' }],
])('a repository: %s', (told, expected) => {
  expect(sources(told)).toMatchObject({ kind: 'repository', commit: '00e1234', ...expected })
})

test.each([
  ['{}', 'it was not built in a git repository'],
  ['{ url: https://host/x.git }', 'its build names https://host/x.git, but no commit'],
  [
    '{ commit: 00e1234 }',
    'it was built at commit 00e1234 of a git repository without a remote "origin"',
  ],
  ['{ url: /x, commit: 00e1234, dirty: true }', 'changes that 00e1234 has not'],
  ['{ url: "ext::sh -c id", commit: 00e1234 }', 'is no repository'],
  ['{ url: --upload-pack=id, commit: 00e1234 }', 'is no repository'],
  ['{ url: /x, commit: --force }', 'is no repository'],
  ['{ url: /x, commit: 00e1234, folder: ../../etc }', 'is no folder of a repository'],
  ['{ url: /x, commit: 00e1234, folder: /etc }', 'is no folder of a repository'],
])('none: %s', (told, reason) => {
  expect(sources(told)).toEqual({ kind: 'unknown', reason: expect.stringContaining(reason) })
})

test.each([
  ['llrf', { 'llrf/module.yaml': 'name: llrf\nversion: 3.16.1\n' }],
  ['llrf', { 'llrf/module.yaml': 'name: llrf\nversion: 3.16.1+7\n' }],
  ['e3-llrf', { 'e3-llrf/configure/CONFIG_MODULE': '', 'llrf/README.md': '' }],
])('the folder %s below the sources', (name, files) => {
  writeFiles(join(work, 'src'), files)
  expect(sources('{}', 'src')).toEqual({ kind: 'folder', folder: join(work, 'src', name) })
})

test.each<[string, Record<string, string>]>([
  ['there is no directory', { '../src': 'a file' }],
  ['has no folder llrf or e3-llrf', { 'other/module.yaml': '' }],
  ['llrf holds no module', { 'llrf/README.md': '' }],
  ['llrf holds version 4.0.0', { 'llrf/module.yaml': 'name: llrf\nversion: 4.0.0\n' }],
])('none below the sources: it %s', (reason, files) => {
  writeFiles(join(work, 'src'), files)
  expect(sources('{}', 'src')).toEqual({
    kind: 'unknown',
    reason: expect.stringContaining(reason),
  })
})
