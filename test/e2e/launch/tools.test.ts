import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleLines, launch, newWorkspace, plain, type Workspace } from '../../support/launch.ts'
import { hasProgram, testBase } from '../../support/machine.ts'

const base = testBase()
const options = { input: 'exit\n' }
const hello = ['-i', '-c', 'echo hello']

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace({ 'st.cmd': 'echo script\n' })
})
afterAll(() => workspace.remove())

describe.skipIf(!base)('the IOC runs under tools', () => {
  test.skipIf(!hasProgram('gdb'))('gdb, with arguments of the user', async () => {
    const ended = await launch(
      workspace,
      ['-dg', '-batch -ex run -ex "info inferiors"', ...hello],
      options,
    )
    expect(ended.status).toBe(0)
    expect(consoleLines(ended)).toContain('hello')
    expect(plain(ended.stdout)).toMatch(/Inferior 1 .* exited normally/)
    expect(plain(ended.stdout)).toMatch(/\* 1 .*softIocPVA/)
  })

  test.skipIf(!hasProgram('gdb'))('gdb, with --dgarg and --args of older scripts', async () => {
    const args = ['-dg', '--dgarg=-batch -ex run --args', 'st.cmd', '-i']
    const ended = await launch(workspace, args, options)
    expect(consoleLines(ended)).toContain('script')
    expect(plain(ended.stdout)).toMatch(/Inferior 1 .* exited normally/)
  })

  test.skipIf(!hasProgram('valgrind'))('valgrind', async () => {
    const ended = await launch(workspace, ['-dv', '--leak-check=no', ...hello], options)
    expect(consoleLines(ended)).toContain('hello')
    expect(ended.stderr).toMatch(/^==\d+== Command: .*softIocPVA -D /m)
  })

  test.skipIf(!hasProgram('strace'))('strace: what it starts is the IOC', async () => {
    const args = ['--trace', '-f -e trace=execve -o trace.out', ...hello]
    const ended = await launch(workspace, args, options)
    expect(consoleLines(ended)).toContain('hello')
    const calls = readFileSync(workspace.path('trace.out'), 'utf8').match(/execve\(.*/g)
    expect(calls?.[0]).toContain('softIocPVA')
  })

  test.skipIf(!mayUseRealtime())('-rt: real-time priority (needs the right to it)', async () => {
    const args = ['-rt', '-i', '-c', 'system "chrt -p $PPID; echo bind $LD_BIND_NOW"']
    const ended = await launch(workspace, args, options)
    expect(ended.stdout).toContain('SCHED_FIFO')
    expect(consoleLines(ended)).toContain('bind 1')
  })

  test('a tool that is missing is told, with the package that has it', async () => {
    const node = spawnSync('sh', ['-c', 'command -v node']).stdout.toString().trim()
    workspace.write({ 'bin/keep': '' })
    spawnSync('ln', ['-sf', node, workspace.path('bin/node')])
    const ended = await launch(workspace, ['-dg', ...hello], {
      ...options,
      env: { PATH: workspace.path('bin') },
    })
    expect(ended.status).toBe(3)
    expect(ended.stderr).toMatch(/TOOL_NOT_FOUND[\s\S]*apt install gdb/)
  })
})

function mayUseRealtime(): boolean {
  return hasProgram('chrt') && spawnSync('chrt', ['--fifo', '1', 'true']).status === 0
}
