import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ObservedFiles, observeFiles } from '../../../src/host/observed-files.ts'
import {
  openRememberedPlans,
  type PlanToKeep,
  type StartFacts,
  type StartQuestion,
} from '../../../src/host/remembered-plans.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plans-'))
  writeFileSync(join(folder, 'st.cmd'), 'iocInit\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plans = () => openRememberedPlans(join(folder, 'plans'))
const hour = 3_600_000

const question: StartQuestion = {
  ...{ build: 'a', words: ['st.cmd'], cwd: '/here', uid: 1, gid: 1, isStdinAtEnd: false },
  env: { IOCNAME: 'LAB:A', SHLVL: '1' },
}
const facts: StartFacts = {
  ...{ directory: '/run/iocsh-1/LAB:A-77', iocName: 'LAB:A', pid: 77, started: '2026-01-01T00:00' },
}
const text = '# 2026-01-01T00:00\n< /run/iocsh-1/LAB:A-77/x.cmd\n'

/** An hour later nothing is too fresh. */
const plan = (change: Partial<StartFacts> = {}): PlanToKeep => ({
  files: [{ path: 'startup.cmd', text }],
  facts: { ...facts, ...change },
  begun: Date.now() + hour,
})

function observed(...names: string[]): ObservedFiles {
  const files = observeFiles()
  for (const name of names) files.files.readFileSync?.(join(folder, name))
  return files
}

test('a plan comes back with the facts of the new start', () => {
  plans().keep(question, plan(), observed('st.cmd'))
  const now = { directory: '/run/iocsh-1/LAB:A-8', pid: 8, started: '2026-02-02T10:00' }
  const found = plans().find({ ...question, env: { ...question.env, SHLVL: '2' } })
  expect(found?.nameFor(8)).toBe('LAB:A')
  expect(found?.filesFor({ ...facts, ...now })).toEqual([
    { path: 'startup.cmd', text: '# 2026-02-02T10:00\n< /run/iocsh-1/LAB:A-8/x.cmd\n' },
  ])
})

test('so do the messages', () => {
  const messages = { text: 'st.cmd:1:1: warning[X]: y\n', isTerminal: false, columns: undefined }
  plans().keep(question, { ...plan(), messages }, observed())
  expect(plans().find(question)?.messages).toEqual({ text: messages.text, isTerminal: false })
})

test('a name with the pid gets the new one, if it is as long', () => {
  const named = { iocName: 'TEST:me-77', directory: '/run/iocsh-1/TEST:me-77-77' }
  const files = [{ path: 'startup.cmd', text: 'epicsEnvSet REQUIRE_IOC TEST:me-77\n' }]
  plans().keep(question, { ...plan(named), files }, observed())
  const found = plans().find(question)
  expect(found?.nameFor(88)).toBe('TEST:me-88')
  const start = { ...facts, ...named, pid: 88, iocName: 'TEST:me-88' }
  expect(found?.filesFor(start)?.[0]?.text).toBe('epicsEnvSet REQUIRE_IOC TEST:me-88\n')
  expect(found?.filesFor({ ...start, iocName: 'TEST:me-888' })).toBeUndefined()
})

test.each<[string, Partial<StartQuestion>]>([
  ['another build', { build: 'b' }],
  ['other arguments', { words: ['st.cmd', 'P=1'] }],
  ['another folder', { cwd: '/there' }],
  ['another user', { uid: 2 }],
  ['another group', { gid: 2 }],
  ['another input', { isStdinAtEnd: true }],
  ['another environment', { env: { IOCNAME: 'LAB:A', MORE: '1' } }],
])('does not hold: %s', (_, change) => {
  plans().keep(question, plan(), observed('st.cmd'))
  expect(plans().find({ ...question, ...change })).toBeUndefined()
})

test.each<[string, () => void]>([
  ['a file that has changed', () => utimesSync(join(folder, 'st.cmd'), 1, 1)],
  ['a file that is gone', () => rmSync(join(folder, 'st.cmd'))],
])('does not hold: %s', (_, change) => {
  plans().keep(question, plan(), observed('st.cmd'))
  expect(plans().find(question)).toBeDefined()
  change()
  expect(plans().find(question)).toBeUndefined()
})

const fixed = { directory: '/run/iocsh 1/LAB:A-77' }
test.each<[string, Partial<StartQuestion>, Partial<PlanToKeep>, string]>([
  ['files that are too fresh', {}, { begun: Date.now() }, ''],
  ['a path that is quoted', {}, { facts: { ...facts, ...fixed } }, ''],
  ['a text with the place of the run', {}, {}, facts.directory],
  ['a text with a variable of the session', {}, {}, '$(SSH_TTY)'],
  ['a text that may make its name', {}, {}, '$(A=1) $(SSH_$(X=TTY))'],
  ['a text that may make any name', {}, {}, '${$(A)$(B)}'],
  ['an argument that may make one', { words: ['-c', 'echo $(SSH_${X})'] }, {}, ''],
  ['an argument with a variable of the session', { words: ['-c', 'echo $(SHLVL)'] }, {}, ''],
  ['a plan that is too large', {}, { files: [{ path: 'x', text: 'x'.repeat(2 ** 23) }] }, ''],
])('is not kept: %s', (_, asked, change, content) => {
  writeFileSync(join(folder, 'st.cmd'), content)
  plans().keep({ ...question, ...asked }, { ...plan(), ...change }, observed('st.cmd'))
  expect(plans().find({ ...question, ...asked })).toBeUndefined()
})

test('a text that makes other names is kept', () => {
  writeFileSync(join(folder, 'st.cmd'), '$(IF_$(MODE)) $(A=$(B)) $(SSHX$(X=1))')
  plans().keep(question, plan(), observed('st.cmd'))
  expect(plans().find(question)).toBeDefined()
})

test('their number has an end', () => {
  for (let ioc = 0; ioc < 550; ioc++) {
    plans().keep({ ...question, words: [`${ioc}`] }, plan(), observed())
  }
  expect(readdirSync(join(folder, 'plans')).length).toBeLessThan(500)
  expect(plans().find({ ...question, words: ['549'] })).toBeDefined()
})

test('where nothing can be written nothing is kept', () => {
  writeFileSync(join(folder, 'plans'), 'a file')
  plans().keep(question, plan(), observed())
  expect(plans().find(question)).toBeUndefined()
})
