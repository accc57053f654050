import { expect, test } from 'vitest'
import { checkDepth } from '../../../../src/cli/iocsh/check-depth.ts'
import { sourcesOf } from '../../../support/sources.ts'

const raised = 'severities: [{ path: "**", severity: error }]\n'

test.each<[string, 'errors' | 'all', Record<string, string>, [string, boolean]]>([
  ['no settings', 'errors', {}, ['errors', false]],
  ['settings without severities', 'errors', { '/a/e3.yaml': 'ignore: x\n' }, ['errors', false]],
  ['severities', 'errors', { '/a/b/e3.yaml': raised }, ['site', true]],
  ['above', 'errors', { '/a/b/e3.yaml': 'ignore: x\n', '/e3.yaml': raised }, ['site', true]],
  ['escapes', 'errors', { '/a/e3.yaml': '"\\x73everities": []\n' }, ['site', true]],
  ['beside', 'errors', { '/b/e3.yaml': raised }, ['errors', false]],
  ['all', 'all', { '/a/e3.yaml': raised }, ['all', false]],
])('%s', (_title, level, files, expected) => {
  let isRead = false
  const raises = () => {
    isRead = true
    return true
  }
  const place = { folder: '/a/b', cwd: '/', uid: 1, reader: sourcesOf(files) }
  expect([checkDepth(level, place, raises), isRead]).toEqual(expected)
})
