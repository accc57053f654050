import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildModule, type ModuleSpec } from '../../support/build-module.ts'
import {
  consoleLines,
  iocsh,
  launch,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { isOwnIoc, testBase, testShellFeatures } from '../../support/machine.ts'

const base = testBase()

let workspace: Workspace
let root: string
beforeAll(async () => {
  workspace = newWorkspace()
  if (base) root = await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())

/** Starts an IOC with all modules; `iocsh -i` unless `args` begin with `iocInit`. */
async function start(...args: readonly string[]) {
  const [first, ...rest] = args
  const words = first === 'iocInit' ? rest : ['-i', ...args]
  const ended = await launch(workspace, ['-l', 'modules', ...words], { input: 'exit\n' })
  return { status: ended.status, lines: consoleLines(ended), stderr: plain(ended.stderr) }
}

const build = (spec: Omit<ModuleSpec, 'root' | 'base'>) =>
  buildModule({ root, base: base ?? '', ...spec })

/** The traps of the e3 that exists, shown on a real IOC; the others are in docs/reference/traps.md. */
describe.skipIf(!base)('traps', () => {
  test('trap 5: an unversioned request gives way to a pin, in any order', async () => {
    for (const order of [
      ['-r', 'beta', '-r', 'gamma'],
      ['-r', 'gamma', '-r', 'beta'],
      ['-r', 'beta,1.0.0', '-r', 'gamma'],
    ]) {
      const { lines, status } = await start(...order, '-c', 'betaHello')
      expect({ status, found: lines.includes('beta 1.0.0+0') }).toEqual({ status: 0, found: true })
    }
  })

  test('trap 6: a link is another name of a version, but no other version', async () => {
    symlinkSync('1.0.0+0', `${root}/alpha/stable`)
    const { lines } = await start('-r', 'alpha,stable', '-c', 'alphaHello')
    expect(lines).toContain('alpha 1.0.0+0')
    symlinkSync('1.0.0+0', `${root}/alpha/3.0.0`)
    const wrong = await start('-r', 'alpha,3.0.0')
    rmSync(`${root}/alpha/3.0.0`)
    expect(wrong).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('VERSION_LINK_WRONG'),
    })
  })

  test('trap 7: the dbd of a module without library is not dropped without a word', async () => {
    await build({
      name: 'data',
      version: '1.0.0',
      sources: null,
      dbd: 'menu(m) { choice(a, "A") }\n',
    })
    const { status, stderr } = await start('-r', 'data')
    expect(status).toBe(0)
    expect(stderr).toContain('warning[DBD_WITHOUT_LIBRARY]')
    const line = /dbLoadDatabase ".*"/.exec(stderr)?.[0] ?? ''
    const { lines } = await start('-r', 'data', '-c', line, '-c', 'dbDumpMenu pdbbase m')
    expect(lines).toContain('menu(m) {')
  })

  test('trap 10: lines of .dep files may be longer than 38 characters', async () => {
    const name = 'averyveryverylongmodulename'
    await build({ name, version: '12.345.678+90' })
    await build({ name: 'user', version: '1.0.0', dep: `${name} 12.345.678+90\n` })
    const { lines, status } = await start('-r', 'user', '-c', `${name}Hello`)
    expect(status).toBe(0)
    expect(lines).toContain(`${name} 12.345.678+90`)
  })

  test('trap 11: a module is registered once, behind its definitions', async () => {
    const { lines, stderr } = await start('-r', 'gamma', '-r', 'beta', '-r', 'gamma')
    const registered = lines.filter((line) => line.endsWith('_registerRecordDeviceDriver pdbbase'))
    expect(registered).toEqual([
      'beta_registerRecordDeviceDriver pdbbase',
      'gamma_registerRecordDeviceDriver pdbbase',
    ])
    const loaded = lines.findIndex((line) => /^dbLoadDatabase '.*beta\.dbd'/.test(line))
    expect(loaded).toBeLessThan(lines.indexOf(registered[0] ?? ''))
    expect(stderr).not.toMatch(/ERROR|WARNING/)
  })

  test('what is printed while modules are loaded can be sent to a file', async () => {
    workspace.write({ 'log.cmd': 'require gamma > "load log"\necho "$(gamma_VERSION)"\n' })
    const { lines, stderr } = await start('log.cmd')
    expect(lines.join('\n')).not.toContain('dlload')
    const log = plain(readFileSync(workspace.path('load log'), 'utf8'))
    expect(log).toMatch(/^dlload '.*gamma.so'/m)
    expect(stderr).not.toMatch(/ERROR/)
  })

  test('trap 13: blanks, commas and brackets in the folder of the modules', async () => {
    const odd = workspace.path('mod ules, (x) #1')
    await buildModule({ root: odd, base: base ?? '', name: 'alpha', version: '7.0.0' })
    const args = ['-i', '-l', odd, '-r', 'alpha', '-c', 'alphaHello', '-c', 'echo "$(alpha_DIR)"']
    const ended = await launch(workspace, args, { input: 'exit\n' })
    expect(consoleLines(ended)).toEqual(
      expect.arrayContaining(['alpha 7.0.0', `${odd}/alpha/7.0.0/`]),
    )
    expect(ended.stderr).toBe('')
  })

  test.skipIf(!isOwnIoc())(
    'trap 18: messages stay on stderr, and what is printed comes in order',
    async () => {
      const ended = await launch(
        workspace,
        ['-c', 'exec "$0" --no-check -i -c nosuch1 -c "echo a" 2>&1', iocsh],
        {
          ...{ program: 'bash', input: 'exit\n' },
        },
      )
      const lines = plain(ended.stdout).split('\n')
      const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line))
      expect(at(/^nosuch1$/)).toBeLessThan(at(/^ERROR .*nosuch1/))
      expect(at(/^ERROR .*nosuch1/)).toBeLessThan(at(/^a$/))
      const { stderr, lines: shown } = await start('--no-check', '-c', 'nosuch1')
      expect(stderr).toMatch(/^ERROR .*nosuch1/m)
      expect(shown.some((line) => line.startsWith('ERROR'))).toBe(false)
    },
  )

  test('trap 22: long names are cut as the original cuts them, with a warning', async () => {
    const name = 'a_module_with_a_name_of_more_than_24'
    await build({ name, version: '1.0.0' })
    const ioc = `LAB:${'X'.repeat(40)}`
    const { lines, stderr } = await start('-n', ioc, '-r', name, '-c', 'dbl')
    expect(lines).toContain(`${ioc.slice(0, 30)}:${name.slice(0, 24)}_VER`)
    expect(stderr).toMatch(/warning\[IOC_NAME\][\s\S]*warning\[MODULE_NAME_CUT\]/)
  })

  test('trap 29: a library that is loaded twice in two versions is an error', async () => {
    const library = 'modules/alpha/2.0.0+0/lib/linux-x86_64/libalpha.so'
    for (const args of [
      [`./${library}`, '-r', 'alpha,1.0.0'],
      ['-r', 'alpha,1.0.0', '-c', `dlload ${library}`],
    ]) {
      const { status, stderr } = await start(...args)
      expect(stderr.match(/error\[\w+\]/g)).toEqual(['error[LIBRARY_TWICE]'])
      expect(status).toBe(1)
    }
    const missing = await start('-c', 'dlload libnosuch.so', '-c', 'dlload ./nosuch/libx.so')
    expect(missing.stderr.match(/error\[\w+\]/g)).toEqual([
      'error[LIBRARY_NOT_FOUND]',
      'error[FILE_NOT_FOUND]',
    ])
  })

  test('trap 31: the records of the modules do not depend on dbRecordsOnceOnly', async () => {
    const { lines, stderr } = await start(
      ...['-c', 'var dbRecordsOnceOnly 1', '-r', 'beta', '-r', 'alpha', '-c', 'dbl'],
    )
    expect(lines).toEqual(
      expect.arrayContaining(['LAB:TEST:beta_VER', 'LAB:TEST:alpha_VER', 'LAB:TEST:Modules']),
    )
    expect(stderr).toBe('')
  })

  test('traps 8 and 32: a renamed version folder is found out before the start', async () => {
    await build({ name: 'delta', version: '2.0.0' })
    renameSync(`${root}/delta/2.0.0`, `${root}/delta/3.0.0`)
    const { status, stderr } = await start('-r', 'delta')
    expect(stderr).toMatch(/error\[LIBRARY_RELEASE_MISMATCH\]: .*2\.0\.0/)
    expect(status).toBe(1)
  })

  test('trap 33: other errors of a script do not stop the IOC, but `on error break` does', async () => {
    workspace.write({ 'e.cmd': 'nosuch1\nepicsEnvSet AFTER yes\n' })
    const goes = await start('--no-check', 'e.cmd', '-c', 'echo "<$(AFTER=no)>"')
    expect(goes).toMatchObject({ status: 0, lines: expect.arrayContaining(['<yes>']) })
    const stops = await start(
      '--no-check',
      '-c',
      'on error break',
      '-c',
      'nosuch1',
      '-c',
      'echo behind',
    )
    expect(stops.status).toBe(2)
    expect(stops.lines).not.toContain('behind')
    workspace.write({ 'b.cmd': 'on error break\nnosuch1\n' })
    // iocshLoad of older bases does not hand the error on.
    if (testShellFeatures().dropsErrors) return
    const ends = await start('iocInit', '--no-check', 'b.cmd')
    expect(ends.status).toBe(2)
    expect(ends.lines).not.toContain('iocInit')
  })
})
