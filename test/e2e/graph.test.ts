import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { racks } from '../support/graphs.ts'
import { repository } from '../support/machine.ts'
import { runE3 } from '../support/run-e3.ts'

const cwd = mkdtempSync(join(tmpdir(), 'e3-graph-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
const many = Array.from({ length: 400 }, (_, index) => `expand("card.vdb", c${index}) {}\n`)
for (const [name, text] of Object.entries({
  ...racks,
  'many.vdb': many.join(''),
  'loop.vdb': 'expand("card.vdb", i) { macro(N, "$(i.val)") }\nexpand("no.vdb", j) {}\n',
  'old.svg': 'old',
})) {
  writeFileSync(join(cwd, name), text)
}
const graph = (...args: string[]) => runE3(['graph', ...args], { cwd })

test('the picture is XML that a reader of XML takes', async () => {
  expect(await graph('main.vdb', '-o', 'main.svg')).toMatchObject({ status: 0, stderr: '' })
  const parse =
    'import sys, xml.dom.minidom as m; print(len(m.parse(sys.argv[1]).getElementsByTagName("g")))'
  const { stdout } = spawnSync('python3', ['-c', parse, join(cwd, 'main.svg')], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('7\n')
})

test.each<[string, string[], number, string]>([
  ['dot', ['main.vdb', '--format', 'dot'], 0, 'digraph hierarchy {'],
  ['mermaid', ['main.vdb', '--format', 'mermaid'], 0, 'flowchart LR'],
  [
    'json, macros, depth',
    ['card.vdb', '--format', 'json', '--macro', 'N=x', '--depth', '1'],
    0,
    '"x:Val"',
  ],
  ['more than is shown', ['many.vdb'], 0, 'info[GRAPH_LIMIT]: 300 of 400 instances are shown'],
  ['more than is shown, on purpose', ['many.vdb', '--limit', '9'], 0, '9 of 400 instances'],
  ['errors, all of them', ['loop.vdb', '-o', 'old.svg'], 1, 'error[FILE_NOT_FOUND]'],
  ['no file', ['gone.vdb'], 1, 'there is no file "gone.vdb"'],
  ['a wrong depth', ['main.vdb', '--depth', 'x'], 2, '--depth'],
  ['a folder that is not there', ['main.vdb', '-o', 'no/x.svg'], 3, 'error[FILE_UNWRITABLE]'],
])('%s', async (_, args, expected, said) => {
  const { status, stdout, stderr } = await graph(...args)
  expect(stdout + stderr).toContain(said)
  expect(status).toBe(expected)
  expect(readFileSync(join(cwd, 'old.svg'), 'utf8')).toBe('old')
})

test('the example of the documentation', async () => {
  const { stdout } = await runE3(['graph', 'examples/slide/slide.vdb'], { cwd: repository })
  expect(stdout).toContain('$(P)Slide:Motor:Position.VAL')
})
