import { expect, test } from 'vitest'
import { findLock, type LockChoice } from '../../../../src/cli/lock/find-lock.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { sourcesOf } from '../../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh' })
const beside: LockChoice = { kind: 'beside' }
const none: LockChoice = { kind: 'none' }
const named: LockChoice = { kind: 'named', file: { text: 'my locks/x', at } }
const files = { '/w/a/st.cmd.lock': '{}', '/w/my locks/x': '{}' }

test.each<[string, LockChoice, string | undefined, object, string | undefined, string]>([
  ['beside the script', beside, 'a/st.cmd', files, 'a/st.cmd', ''],
  ['none beside it', beside, 'a/st.cmd', {}, undefined, ''],
  ['no script', beside, undefined, files, undefined, ''],
  ['not wanted', none, 'a/st.cmd', files, undefined, 'LOCK_IGNORED'],
  ['not wanted and not there', none, 'a/st.cmd', {}, undefined, ''],
  ['named', named, 'a/st.cmd', files, "-o 'my locks/x' a/st.cmd", ''],
  ['named and not there', named, 'a/st.cmd', {}, undefined, 'LOCK_NOT_FOUND'],
  ['named without a script', named, undefined, files, "-o 'my locks/x' '<script>'", ''],
])('%s', (_what, choice, script, texts, words, code) => {
  const reader = sourcesOf(texts as Record<string, string>)
  const { found, diagnostics } = findLock({ choice, script, cwd: '/w', reader })
  expect([found?.words, diagnostics.map((one) => one.code).join()]).toEqual([words, code])
})
