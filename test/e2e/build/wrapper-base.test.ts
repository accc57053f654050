import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { repository, testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const base = testBase() ?? ''
const makefile = 'include $(E3_REQUIRE_TOOLS)/driver.makefile\nSOURCES = same.c\n'
const folder = newBuildFolder({
  ...smallWrapper('e3-same', 'same', makefile),
  'e3-same/same-src/same.c': 'int same = 1;\n',
})
afterAll(() => folder.remove())

const env = { EPICS_BASE: '', CONDA_PREFIX: '', E3_SITEMODS_PATH: folder.path('tree') }
const e3 = (args: string[], more: Record<string, string> = {}) =>
  runE3(args, { cwd: folder.path('e3-same'), env: { ...env, ...more } })
const local = (text: string | null) => folder.write({ 'e3-same/configure/RELEASE.local': text })

describe.skipIf(base === '')('the base that a wrapper names', () => {
  test('is not on this machine: another one is taken, which is said once', async () => {
    const first = await e3(['build'])
    expect(first).toMatchObject({ status: 0 })
    expect(first.stderr).toMatch(/configure\/RELEASE:1:1: info\[MAKEFILE_BASE\]: the base \/epics/)
    expect(first.stderr).toContain('is not on this machine: it is built for /')
    expect((await e3(['build'])).stderr).toBe('')
  })

  test('is there: it is taken, for build, test and install', async () => {
    symlinkSync(base, folder.path('its-base'))
    local(`EPICS_BASE := ${folder.path('its-base')}\n`)
    expect(await e3(['build'])).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining('MAKEFILE_BASE'),
    })
    expect(folder.read(`e3-same/${outputFolder}/build.log`)).toContain('/its-base/lib/')
    expect(await e3(['test'])).toMatchObject({ status: 0 })
    expect(await e3(['install'])).toMatchObject({ status: 0 })
  })

  test('the environment goes before, and make passes it on', async () => {
    local('EPICS_BASE := $(TOP)/../its-other\n')
    folder.write({ 'its-other/configure/.keep': '' })
    const wrong = await e3(['build'])
    expect(wrong.status).toBe(3)
    expect(wrong.stderr).toMatch(/its-other is not a usable EPICS base/)
    expect(wrong.stderr).toContain('note: named by configure/RELEASE of the wrapper')
    const built = await e3(['build'], { EPICS_BASE: base })
    expect(built).toMatchObject({ status: 0 })
    expect(built.stderr).toMatch(/RELEASE\.local:1:1: info\[MAKEFILE_BASE\]: .* is not used/)
    folder.write({
      'RELEASE.local': `override E3_REQUIRE_LOCATION := ${join(repository, 'templates/require')}\n`,
    })
    const make = (...args: string[]) =>
      spawnSync('make', args, {
        cwd: folder.path('e3-same'),
        env: { ...process.env, ...env, EPICS_BASE: base },
        encoding: 'utf8',
      })
    expect(make('build')).toMatchObject({ status: 0 })
    expect(make('build', 'EPICS_BASE=/no/such').stderr).toContain('/no/such is not a usable')
  })
})
