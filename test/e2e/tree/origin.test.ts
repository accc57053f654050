import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const folder = newBuildFolder()
afterEach(() => {
  for (const name of ['m', 'tree/m']) rmSync(folder.path(name), { recursive: true, force: true })
})
afterAll(() => folder.remove())

const cwd = folder.path('m')
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...words], {
    ...{ cwd, encoding: 'utf8' },
  }).trim()
const e3 = (...words: string[]) =>
  runE3(words, { cwd, env: { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: folder.path('tree') } })
const source = (text: string) => ({ 'm/m.c': text, 'm/m.db': '# one\n' })
const recipe = (version: string) =>
  `name: m\nversion: ${version}\nsources: m.c\ntemplates: m.db\nincludes: [.]\n`
const told = (place: string) => parse(folder.read(`${place}/m_meta.yaml`) ?? '').source
const staged = `m/${outputFolder}/stage`

const write = (version = '1.0.0'): void =>
  folder.write({ 'm/module.yaml': recipe(version), ...source('int m1;\n') })
const commit = (): string => {
  git('add', '-A')
  git('commit', '-qm', 'x', '--allow-empty')
  return git('rev-parse', 'HEAD')
}

describe.skipIf(!testBase())('the commit of the sources', () => {
  test.each([
    ['was made after the build', () => git('init', '-q'), {}],
    [
      'is another one than when it was built',
      () => {
        git('init', '-q')
        commit()
        folder.write(source('int m2;\n'))
      },
      { dirty: true },
    ],
  ])('%s: what is installed names it', async (_title, prepare, before) => {
    write()
    prepare()
    expect((await e3('build')).status).toBe(0)
    expect(told(staged)).toMatchObject(before)
    const made = commit()
    expect((await e3('build')).stdout).toContain('is up to date')
    const ended = await e3('install')
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect(told('tree/m/1.0.0')).toEqual({ commit: made, dirty: false })
    const verified = await e3('tree', 'verify', '-l', folder.path('tree'))
    expect(verified.stderr).toContain('nothing wrong')
  })

  test('a build that changes nothing of the result tells it', async () => {
    write()
    expect((await e3('build')).status).toBe(0)
    expect(told(staged)).toEqual({})
    git('init', '-q')
    folder.write(source('int m1; /* as before */\n'))
    const made = commit()
    expect((await e3('build')).status).toBe(0)
    expect(told(staged)).toEqual({ commit: made, dirty: false })
  })

  test.each([
    ['a numeric version stays', '1.0.0', 0],
    ['a test version names the new one', 'mytest', 1],
  ])('the same from another commit: %s', async (_title, version, newer) => {
    write(version)
    git('init', '-q')
    const commits = [commit()]
    expect((await e3('install')).status).toBe(0)
    commits.push(commit())
    const again = await e3('install')
    expect(again.status).toBe(0)
    expect(again.stderr.includes('VERSION_REPLACED')).toBe(newer === 1)
    expect(told(`tree/m/${version}`)).toEqual({ commit: commits[newer], dirty: false })
  })

  test('--no-build takes what was said when it was built', async () => {
    write()
    git('init', '-q')
    const made = commit()
    expect((await e3('build')).status).toBe(0)
    folder.write(source('int m3;\n'))
    commit()
    expect((await e3('install', '--no-build')).status).toBe(0)
    expect(told('tree/m/1.0.0')).toEqual({ commit: made, dirty: false })
  })

  test('a cell in the folder is no change of the sources', async () => {
    write()
    git('init', '-q')
    const made = commit()
    expect((await e3('install', '--cell')).status).toBe(0)
    expect((await e3('install')).status).toBe(0)
    expect(told('tree/m/1.0.0')).toEqual({ commit: made, dirty: false })
  })
})
