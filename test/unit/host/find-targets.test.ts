import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTargets } from '../../../src/host/find-targets.ts'

const files = [
  'iocs/a/st.cmd',
  'iocs/a/motor.cmd',
  'iocs/a/parts/more.cmd',
  'iocs/b/st.cmd',
  'iocs/b/st-test.cmd',
  'iocs/b/st.cmd~',
  'iocs/c/camera.cmd',
  'iocs/c/README.md',
  'iocs/f/st.cmd.Linux',
  'iocs/f/st.cmd.unix',
  'iocs/f/st.cmd.vxWorks',
  'iocs/f/st.cmd.lock',
  'iocs/f/examples/motor.cmd',
  'iocs/O.linux-x86_64/st.cmd',
  'iocs/.git/st.cmd',
  'iocs/node_modules/x/st.cmd',
  'module/db/a.template',
  'module/db/a.substitutions',
  'module/db/a.proto',
  'odd/[1].db',
  'empty/notes.txt',
]

let cwd = ''

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'e3-targets-'))
  for (const file of files) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), '')
  }
  mkdirSync(join(cwd, 'iocs/d'))
  writeFileSync(join(cwd, 'iocs/d/st.cmd'), '#!/usr/bin/env bash\n. config.sh\n')
  mkdirSync(join(cwd, 'wrapped'))
  writeFileSync(join(cwd, 'wrapped/st.cmd'), '#!/bin/bash\niocsh x.cmd\n')
  writeFileSync(join(cwd, 'wrapped/x.cmd'), 'iocInit\n')
  mkdirSync(join(cwd, 'iocs/e'))
  writeFileSync(join(cwd, 'iocs/e/st.cmd'), '#!/usr/bin/env iocsh.bash\nrequire x\n')
  symlinkSync('..', join(cwd, 'iocs/c/loop'))
  symlinkSync('../a/st.cmd', join(cwd, 'iocs/c/linked.cmd'))
  symlinkSync('nowhere', join(cwd, 'iocs/c/dangling.cmd'))
  mkdirSync(join(cwd, 'linked'))
  symlinkSync('../iocs/a', join(cwd, 'linked/a'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const scripts = [
  'iocs/a/st.cmd',
  'iocs/b/st-test.cmd',
  'iocs/b/st.cmd',
  'iocs/c/camera.cmd',
  'iocs/c/linked.cmd',
  'iocs/e/st.cmd',
  'iocs/f/st.cmd.Linux',
  'iocs/f/st.cmd.unix',
]

test.each([
  ['a file', 'iocs/a/st.cmd', ['iocs/a/st.cmd'], false],
  ['a missing file', 'nofile.cmd', ['nofile.cmd'], false],
  [
    'a pattern',
    'iocs/*/st.cmd',
    ['iocs/a/st.cmd', 'iocs/b/st.cmd', 'iocs/d/st.cmd', 'iocs/e/st.cmd'],
    false,
  ],
  ['a pattern without matches', '*.cmd', [], false],
  ['a missing folder', 'nofolder/', [], false],
  ['a file whose name is a pattern', 'odd/[1].db', ['odd/[1].db'], false],
  ['a folder: startup scripts, not their parts', 'iocs', scripts, true],
  ['a pattern that fits a link to a folder', 'linked/*/st.cmd', ['linked/a/st.cmd'], false],
  ['a folder whose st.cmd is for another shell', 'wrapped', ['wrapped/x.cmd'], true],
  ['a folder with a slash', 'iocs/c/', ['iocs/c/camera.cmd', 'iocs/c/linked.cmd'], true],
  ['a folder of databases', 'module', ['module/db/a.substitutions', 'module/db/a.template'], true],
])('%s', async (_title, word, names, isFound) => {
  const { targets, isEmptyFolder } = await findTargets(word, cwd)
  expect(targets).toEqual(names.map((name) => ({ name, path: join(cwd, name), isFound })))
  expect(isEmptyFolder).toBe(false)
})

test('a folder without anything to check', async () => {
  expect(await findTargets('empty', cwd)).toEqual({
    ...{ word: 'empty', targets: [], isEmptyFolder: true, unreadable: [] },
    ...{ folders: [join(cwd, 'empty')], links: [], isCut: false },
  })
})

test('a folder with nothing but links to others: they are not followed', async () => {
  const { isEmptyFolder, links } = await findTargets('linked', cwd)
  expect({ isEmptyFolder, links }).toEqual({ isEmptyFolder: true, links: ['linked/a'] })
})

test.each([
  ['a file', 'iocs/a/st.cmd', []],
  ['a folder', 'module', ['module', 'module/db']],
  ['a missing folder', 'nofolder/', ['nofolder']],
  ['a pattern', 'module/*/*.db', ['module', 'module/db']],
])('folders whose content decides: %s', async (_title, word, folders) => {
  const found = await findTargets(word, cwd)
  expect([...found.folders].sort()).toEqual(folders.map((name) => join(cwd, name)))
})

test('a folder elsewhere gives absolute names', async () => {
  const { targets } = await findTargets(join(cwd, 'iocs/a'), join(cwd, 'module'))
  expect(targets.map(({ name }) => name)).toEqual([join(cwd, 'iocs/a/st.cmd')])
})
