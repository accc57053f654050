import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { BuildStep } from '../../../../src/build/build-graph.ts'
import { type BuildState, openBuildState } from '../../../../src/host/build/build-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-state-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

const step: BuildStep = {
  ...{ kind: 'compile', output: 'a.o', inputs: ['a.c'], log: 'a.log', subject: 'a.c' },
  command: ['gcc', '-c', 'a.c'],
}
const open = (identity = 'gcc 12'): BuildState =>
  openBuildState(join(folder, 'state.json'), {
    ...{ folder, identity: [identity], includes: ['first', 'second'] },
  })

beforeEach(() => {
  rmSync(folder, { recursive: true })
  for (const one of ['first', 'second']) mkdirSync(join(folder, one), { recursive: true })
  for (const name of ['a.c', 'a.o', 'second/a.h']) write(name, name)
  const state = open()
  expect(state.isCurrent(step)).toBe(false)
  state.add(step, ['second/a.h'])
  state.save('staged')
})

test('a step that went well is current, also next time', () => {
  expect(open().isCurrent(step)).toBe(true)
  expect(open().staged).toBe('staged')
  expect([...open().pathsOf([step])]).toEqual(['a.c', 'a.o', 'second/a.h'])
})

test.each([
  ['a source', () => write('a.c', 'other')],
  ['a header', () => write('second/a.h', 'other')],
  ['its output', () => write('a.o', 'other')],
  ['a header in front of the one that was read', () => write('first/a.h', 'a.h')],
  ['a source that is gone', () => rmSync(join(folder, 'a.c'))],
])('%s makes it out of date', (_, change) => {
  change()
  expect(open().isCurrent(step)).toBe(false)
})

test('so do another command and another compiler, but not another time', () => {
  expect(open().isCurrent({ ...step, command: ['gcc', '-g', '-c', 'a.c'] })).toBe(false)
  expect(open('gcc 13').isCurrent(step)).toBe(false)
  utimesSync(join(folder, 'a.c'), new Date(), new Date())
  expect(open().isCurrent(step)).toBe(true)
})

test('what a step made is looked at again', () => {
  const state = open()
  expect(state.isCurrent(step)).toBe(true)
  write('a.o', 'made anew')
  state.add(step, [])
  expect(state.isCurrent(step)).toBe(true)
  state.save('again')
  expect(open().isCurrent(step)).toBe(true)
  // The header is not read any more.
  write('second/a.h', 'other')
  expect(open().isCurrent(step)).toBe(true)
})
