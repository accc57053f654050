import { symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iocsh, launch, newWorkspace, plain, type Workspace } from '../../support/launch.ts'
import { hasProgram, testBase } from '../../support/machine.ts'

const base = testBase()

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace({ 'bin/keep': '', 'st.cmd': 'echo started\n' })
  symlinkSync(iocsh, workspace.path('bin/iocsh'))
  symlinkSync('bin/iocsh', workspace.path('again'))
})
afterAll(() => workspace.remove())

/** Lines of a shell; `$IOCSH` is the launcher, `$START` an IOC that prints `started` and ends. */
async function run(script: string, shell: readonly string[] = ['sh']) {
  const [program = 'sh', ...flags] = shell
  const start = 'START="$IOCSH -i st.cmd -c exit"\n'
  const env = { IOCSH: iocsh }
  const ended = await launch(workspace, [...flags, '-c', start + script], { program, env })
  return { ...ended, stdout: plain(ended.stdout), stderr: plain(ended.stderr) }
}

describe.skipIf(!base)('iocsh is found and started in many ways', () => {
  test.each([
    ['by a link', './again -i st.cmd -c exit'],
    ['by PATH, through a link', 'PATH=$PWD/bin:$PATH; iocsh -i st.cmd -c exit'],
    ['by a relative PATH', 'PATH=bin:$PATH; iocsh -i st.cmd -c exit'],
    ['by sh in its folder', 'cp st.cmd bin; cd bin; sh iocsh -i st.cmd -c exit'],
    ['with another separator of words', 'IFS=/; export IFS; "$IOCSH" -i st.cmd -c exit'],
    [
      'without any variable',
      'env -i PATH="$PATH" EPICS_BASE="$EPICS_BASE" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" $START',
    ],
    ['with names that no shell takes', "env 'a-b=c d' 'x.y=1' 'BASH_FUNC_f%%=() { :; }' $START"],
    ['with an open descriptor that is not its own', '$START 8</dev/null 9</dev/null 7</dev/null'],
  ])('%s', async (_what, script) => {
    const { stdout, stderr, status } = await run(`${script} </dev/null`)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/^started$/m)
  })

  test.each([['dash'], ['bash'], ['busybox', 'sh']])(
    'by %s %s: what the caller has open stays',
    async (...shell) => {
      if (!hasProgram(shell[0] ?? '')) return
      workspace.write({ 'open.cmd': 'system "readlink /proc/$PPID/fd/7 /proc/$PPID/fd/[89]"\n' })
      const files = '7</dev/null 8</dev/zero 9</dev/full'
      const line = `exec ${shell.join(' ')} "$IOCSH" -i open.cmd -c exit </dev/null ${files}`
      const { stdout, stderr, status } = await run(line)
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
      expect(stdout).toContain('/dev/null\n/dev/zero\n/dev/full\n')
    },
  )

  test('core files as large as the system allows', async () => {
    workspace.write({ 'limits.cmd': 'system "grep core /proc/$PPID/limits"\n' })
    const limit = 'ulimit -H -c 1000; ulimit -S -c 0;'
    const { stdout } = await run(`${limit} "$IOCSH" -i limits.cmd -c exit </dev/null`)
    const [, soft, hard] = /core file size +(\S+) +(\S+)/.exec(stdout) ?? []
    expect(soft).toMatch(/^[1-9]\d*$/)
    expect(soft).toBe(hard)
  })

  test('once more by hand, from elsewhere', async () => {
    workspace.write({ 'again.cmd': 'system "pwd; echo $PPID > pid"\n' })
    const runOnce = '"$IOCSH" -n AGAIN -i again.cmd -c exit </dev/null'
    const again = 'cd / && sh "$XDG_RUNTIME_DIR"/iocsh-*/AGAIN-*/launch.sh </dev/null'
    const { stdout, stderr, status } = await run(`${runOnce}; ${again}`)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const here = stdout.split('\n').filter((line) => line === workspace.path('.'))
    expect(here).toHaveLength(2)
  })

  test.each([
    ['dash'],
    ['bash', '--posix'],
    ['bash'],
    ['zsh', '--emulate', 'sh'],
    ['busybox', 'sh'],
  ])('by %s %s as sh', async (...shell) => {
    if (!hasProgram(shell[0] ?? '')) return
    const line = `exec ${shell.join(' ')} "$IOCSH" -i st.cmd -c exit </dev/null`
    const { stdout, stderr, status } = await run(line)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/^started$/m)
  })
})

describe.skipIf(!base)('files that are closed, full or gone', () => {
  test.each<[string, string, number, RegExp]>([
    ['no standard input', '$START <&-', 0, /^$/],
    ['no standard error', '$START </dev/null 2>&-', 0, /^$/],
    ['no standard output', '$START </dev/null >&-', 0, /^$/],
    ['nobody reads the help', '{ $IOCSH --help; echo status $? >&2; } | true', 0, /^status 0\n$/],
    ['no space for the help', '$IOCSH --help >/dev/full', 3, /FILE_UNWRITABLE/],
    ['a folder that was removed', 'mkdir g; cd g; rmdir ../g; $IOCSH x.cmd', 1, /FILE_NOT_FOUND/],
  ])('%s', async (_what, script, status, says) => {
    const ended = await run(script)
    expect(ended.stderr).toMatch(says)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
    expect(ended.status).toBe(status)
  })
})

describe('what is missing is said in a sentence', () => {
  const old = "Object.defineProperty(process, 'versions', { value: { node: '18.20.1' } })"

  test.each([
    ['iocsh, not built', 'mkdir -p copy/bin; cp "$IOCSH" copy/bin/; copy/bin/iocsh', 'not built'],
    [
      'e3, not built',
      'mkdir -p copy/bin; cp "${IOCSH%iocsh}e3" copy/bin/; copy/bin/e3',
      'not built',
    ],
    ['iocsh, old Node', `node -e "${old}; require('$DIST/iocsh.cjs')"`, 'this is 18.20.1'],
    ['e3, old Node', `node -e "${old}; require('$DIST/e3.cjs')"`, 'this is 18.20.1'],
  ])('%s', async (_what, script, expected) => {
    const { stderr, status } = await run(`DIST=\${IOCSH%/*}/../dist\n${script}`)
    expect(status).toBe(3)
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(expected)])
  })
})
