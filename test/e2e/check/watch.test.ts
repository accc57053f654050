import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newWorkspace, type Workspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { startE3 } from '../../support/run-e3.ts'

const good = 'record(ai, "X") {}\n'
const bad = 'record(ai, "X") { field(NOSUCH, "1") }\n'

let workspace: Workspace
let watching: ReturnType<typeof watch>
beforeEach(() => {
  workspace = newWorkspace({
    'ioc/st.cmd': 'dbLoadRecords db/x.db\n',
    'ioc/db/x.db': good,
    'shared/y.db': good,
  })
})
afterEach(async () => {
  watching.process.kill('SIGINT')
  await watching.ended
  workspace.remove()
})

function watch(...words: readonly string[]) {
  const started = startE3(['check', '--watch', '--cd', ...words], { cwd: workspace.directory })
  let summaries = ''
  let findings = ''
  started.process.stderr?.on('data', (data: Buffer) => {
    summaries += data.toString()
  })
  started.process.stdout?.on('data', (data: Buffer) => {
    findings += data.toString()
  })
  return {
    ...started,
    /** The next result that has this in it; those before are forgotten. */
    async says(text: string) {
      await vi.waitFor(() => expect(summaries + findings).toContain(text), { timeout: 20_000 })
      summaries = ''
      findings = ''
    },
  }
}

describe.skipIf(!testBase())('e3 check --watch', () => {
  test('checks again what has changed, until ^C', async () => {
    watching = watch('ioc/st.cmd')
    await watching.says('nothing wrong in 1 IOC')
    workspace.write({ 'ioc/db/x.db': bad })
    await watching.says('1 error in 1 IOC')
    watching.process.kill('SIGINT')
    const { signal, stdout } = await watching.ended
    expect(signal).toBe('SIGINT')
    expect(stdout).toContain('ioc/db/x.db:1:25: error[FIELD_UNKNOWN]')
    expect(stdout).not.toContain('\u001b')
  })

  test('ends when nobody reads any more', async () => {
    watching = watch('ioc/st.cmd')
    await watching.says('nothing wrong in 1 IOC')
    watching.process.stdout?.destroy()
    workspace.write({ 'ioc/db/x.db': bad })
    expect((await watching.ended).status).toBe(0)
  })

  test('folders that are removed, moved and made again', async () => {
    watching = watch('ioc')
    await watching.says('nothing wrong')
    rmSync(workspace.path('ioc/db'), { recursive: true })
    workspace.write({ 'ioc/db/x.db': good })
    await watching.says('nothing wrong')
    workspace.write({ 'ioc/db/x.db': bad })
    await watching.says('FIELD_UNKNOWN')
    renameSync(workspace.path('ioc/db'), workspace.path('ioc/old'))
    await watching.says('FILE_NOT_FOUND')
    workspace.write({ 'ioc/db/x.db': bad })
    await watching.says('FIELD_UNKNOWN')
    renameSync(workspace.path('ioc'), workspace.path('moved'))
    await watching.says('there is no script "ioc"')
    renameSync(workspace.path('moved'), workspace.path('ioc'))
    await watching.says('FIELD_UNKNOWN')
  })

  test('new folders, however slowly they come', async () => {
    watching = watch('ioc', 'late/*/st.cmd')
    await watching.says('NOTHING_FOUND')
    for (const folder of ['ioc/slow', 'ioc/slow/er', 'late', 'late/a']) {
      mkdirSync(workspace.path(folder))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    workspace.write({ 'ioc/slow/er/st.cmd': 'nosuch1\n' })
    await watching.says('no command nosuch1')
    workspace.write({ 'late/a/st.cmd': 'nosuch2\n' })
    await watching.says('no command nosuch2')
  })

  test('targets of links, settings above, modules', async () => {
    workspace.write({ 'ioc/st.cmd': 'require late\ndbLoadRecords db/x.db\n' })
    rmSync(workspace.path('ioc/db/x.db'))
    symlinkSync('../../shared/y.db', workspace.path('ioc/db/x.db'))
    mkdirSync(workspace.path('modules'))
    watching = watch('-l', 'modules', 'ioc/st.cmd')
    await watching.says('MODULE_NOT_FOUND')
    workspace.write({ [`modules/late/1.0.0/lib/linux-x86_64/late.dep`]: '' })
    await watching.says('nothing wrong')
    workspace.write({ 'shared/y.db': bad })
    await watching.says('FIELD_UNKNOWN')
    workspace.write({
      'e3.yaml': 'severities: [{code: FIELD_UNKNOWN, severity: info, reason: x}]\n',
    })
    await watching.says('1 remark')
  })
})
