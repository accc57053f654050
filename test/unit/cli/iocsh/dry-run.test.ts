import { expect, test } from 'vitest'
import { dryRunText } from '../../../../src/cli/iocsh/dry-run.ts'

test('files in the order of the start, then the command', () => {
  const paths = [
    'modules.db',
    'require/10-a.cmd',
    'require/2-b.cmd',
    'scripts/1/st.cmd',
    'startup.cmd',
  ]
  const text = dryRunText({
    directory: '/run',
    iocName: 'X',
    modules: [],
    summary: {
      started: '',
      cwd: '/',
      arguments: [],
      base: { version: '', arch: '', directory: '' },
    },
    files: paths.map((path) => ({ path, text: `text of ${path}\n` })),
    launch: { environment: new Map(), command: ['/b/softIocPVA', 'a b'], realtime: false },
  })
  expect(text.match(/^--- .* ---$/gm)).toEqual([
    '--- startup.cmd ---',
    '--- scripts/1/st.cmd ---',
    '--- require/2-b.cmd ---',
    '--- require/10-a.cmd ---',
    '--- modules.db ---',
    '--- launch.sh ---',
    '--- plan.json ---',
    '--- command ---',
  ])
  expect(text.endsWith("/b/softIocPVA 'a b'")).toBe(true)
})
