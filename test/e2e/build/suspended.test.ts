import { spawn } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { embeddedTestBase, repository, testBase } from '../../support/machine.ts'

const folder = newBuildFolder({
  'two/module.yaml': 'name: two\nversion: 1.0.0\nsources: "*.c"\n',
  'two/a.c': 'int a;\n',
  'two/b.c': 'int b;\n',
  'one/module.yaml': 'name: one\nversion: 1.0.0\nsources: "*.c"\n',
  'one/a.c': 'int a;\n',
  // Its number is that of the process that runs for a second.
  'bin/cc': '#!/bin/sh\necho $$ >pid\nsleep 1\nexec gcc "$@"\n',
})
afterAll(folder.remove)

/** As a shell with job control: the job has a process group of its own in the same session. */
const asJob = `import os, subprocess, sys
job = subprocess.Popen(sys.argv[1:], preexec_fn=os.setpgrp)
print(job.pid, flush=True)
sys.stdin.read()
job.poll() is None and os.killpg(job.pid, 9)`

describe.skipIf(!testBase())('^Z at the terminal', () => {
  test.each(['two', 'one'])('stops e3 build and its compilers: %s', async (module) => {
    chmodSync(folder.path('bin/cc'), 0o755)
    const command = [join(repository, 'bin/e3'), 'build', module, '-j1', '--no-ccache']
    const shell = spawn('python3', ['-c', asJob, ...command], {
      cwd: folder.directory,
      env: { ...process.env, EPICS_BASE: await embeddedTestBase(), CC: folder.path('bin/cc') },
    })
    try {
      const job = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)))
      const compiler = () => Number(folder.read(`${module}/pid`))
      await expect.poll(compiler).toBeGreaterThan(0)
      process.kill(-job, 'SIGTSTP')
      await expect.poll(() => [stateOf(job), stateOf(compiler())]).toEqual(['T', 'T'])
      process.kill(-job, 'SIGCONT')
      const library = `${module}/${outputFolder}/stage/lib/${outputFolder.slice(4)}/lib${module}.so`
      await expect.poll(() => folder.read(library), { timeout: 10_000 }).toBeDefined()
    } finally {
      shell.stdin.end()
    }
  })
})

/** `T` if it is stopped. */
function stateOf(pid: number): string | undefined {
  return /\) (.)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
}
