import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { machineArchitecture } from '../../../../src/host/base/architecture.ts'
import { softIocSource } from '../../../../src/host/base/compile.ts'
import { pinnedBaseVersion } from '../../../../src/host/base/embedded.ts'
import { type InstallRequest, installBase } from '../../../../src/host/base/install.ts'
import { writeEmbeddedBase } from '../../../support/embedded-base.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** A PATH with these programs, as shell scripts. */
function pathWith(programs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(root, 'bin-'))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

async function install(request: Partial<InstallRequest>, path: string) {
  const env = { ...request.env, PATH: path, XDG_DATA_HOME: join(root, 'data') }
  const { base, diagnostics } = await installBase({ cwd: root, ...request, env })
  const places = join(root, 'data/e3/base')
  expect(existsSync(places) ? readdirSync(places) : []).toEqual([])
  expect(base).toBeUndefined()
  return diagnostics[0]
}

const pipWithoutPip = 'case "$*" in *pip*) exit 1;; esac'

test.each([
  ['Python', {}, /apt install python3 .* dnf install python3 /],
  ['pip', { python3: pipWithoutPip }, /apt install python3-pip .* dnf install python3-pip /],
  ['a compiler', { python3: '' }, /apt install g\+\+ .* dnf install gcc-c\+\+ /],
])('without %s the package to install is named', async (_, programs, hint) => {
  const reason = await install({}, pathWith(programs))
  expect(reason?.code).toBe('PREREQUISITE_MISSING')
  expect(reason?.hint).toMatch(hint)
})

test('pip is not needed with a wheel, a compiler may be chosen', async () => {
  const from = join(root, `epicscorelibs-1.0-cp1-cp1-${linux}.whl`)
  writeFileSync(from, '')
  const path = pathWith({
    python3: `${pipWithoutPip}\ncase "$*" in *unpack*) exit 4;; esac`,
    cc9: '',
  })
  const reason = await install({ from, env: { CXX: 'cc9' } }, path)
  expect(reason?.code).toBe('BASE_WHEEL_INVALID')
})

test.each([
  ['ccache g++', 'BASE_WHEEL_INVALID', 'cannot be used'],
  ['  g++  -m64 ', 'BASE_WHEEL_INVALID', 'cannot be used'],
  ['absent', 'PREREQUISITE_MISSING', 'CXX names "absent", which does not run as a compiler'],
  ['g++ -no', 'PREREQUISITE_MISSING', 'CXX names "g++ -no", which does not run as a compiler'],
])('CXX=%j', async (CXX, code, words) => {
  const from = join(root, `epicscorelibs-1.0-cp1-cp1-${linux}.whl`)
  writeFileSync(from, '')
  const path = pathWith({
    ...{ python3: 'case "$*" in *unpack*) exit 4;; esac', 'c++': '' },
    ...{ ccache: '[ "$1 $2" = "g++ --version" ]', 'g++': 'case "$*" in *-no*) exit 1;; esac' },
  })
  const reason = await install({ from, env: { CXX } }, path)
  expect(reason?.code).toBe(code)
  expect(reason?.message).toContain(words)
})

const linux = `manylinux2014_${machineArchitecture().replace('linux-', '')}`

test('what pip says is shown', async () => {
  const says = 'case "$*" in *download*) echo "ERROR: No matching distribution" >&2; exit 1;; esac'
  const reason = await install({ version: '1.2' }, pathWith({ python3: says, 'c++': '' }))
  expect(reason).toMatchObject({
    code: 'BASE_DOWNLOAD_FAILED',
    message: 'pip cannot download epicscorelibs 1.2',
    notes: [{ message: 'pip: No matching distribution' }],
  })
})

test.each([
  ['7.0.7', 'e3 base install 7.0.7.99.1.2'],
  ['7.1', `e3 base install ${pinnedBaseVersion}`],
])('a version that does not exist: %s', async (version, hint) => {
  const list = `7.0.4.99.1.2, 7.0.7.99.0.2, 7.0.7.99.1.2, 7.0.10.99.0.2a1, ${pinnedBaseVersion}`
  const answer = `ERROR: Could not find a version (from versions: ${list})`
  const says = `case "$*" in *download*) echo "${answer}" >&2; exit 1;; esac`
  expect(await install({ version }, pathWith({ python3: says, 'c++': '' }))).toMatchObject({
    code: 'BASE_VERSION_INVALID',
    notes: [{ message: 'there are 7.0.10.99.0.2, 7.0.7.99.1.2, 7.0.7.99.0.2, 7.0.4.99.1.2' }],
    hint,
  })
})

test('a wheel that is too old is told from a damaged one', async () => {
  const from = join(root, `epicscorelibs-7.0.7.99.0.1-cp1-cp1-${linux}.whl`)
  const zip = `import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").writestr("epicscorelibs/config.py", "")`
  expect(spawnSync('python3', ['-c', zip, from]).status).toBe(0)
  expect(await install({ from }, process.env['PATH'] ?? '')).toMatchObject({
    code: 'BASE_WHEEL_INVALID',
    message: expect.stringContaining('is too old'),
    hint: `a later one: e3 base install ${pinnedBaseVersion}`,
  })
})

test('an empty --from is an error, not the working directory', async () => {
  expect(await install({ from: '' }, '/nowhere')).toMatchObject({
    code: 'BASE_WHEEL_NOT_FOUND',
    message: '--from names no wheel, the word is empty',
  })
})

test.each([`${pinnedBaseVersion}.0`, pinnedBaseVersion.replace(/\.0\.(\d+)$/, '.00.$1')])(
  '%s is another spelling of the base that is there',
  async (version) => {
    const directory = join(root, 'data/e3/base', pinnedBaseVersion)
    writeEmbeddedBase(directory, { source: softIocSource() })
    const env = { PATH: '/nowhere', XDG_DATA_HOME: join(root, 'data') }
    const { base, isNew } = await installBase({ cwd: root, env, version })
    expect([base?.directory, isNew]).toEqual([directory, false])
  },
)

test('without a wheel for this Python that of another one is asked for', async () => {
  const says = [
    'case "$*" in',
    '*--python-version*) echo "ERROR: second try" >&2; exit 1;;',
    '*download*) echo "ERROR: No matching distribution found" >&2; exit 1;; esac',
  ]
  const reason = await install({}, pathWith({ python3: says.join('\n'), 'c++': '' }))
  expect(reason?.notes).toEqual([{ message: 'pip: second try' }])
})

test('why an index did not answer is told first, and it is asked once', async () => {
  const says = [
    'case "$*" in',
    '*--python-version*) echo "ERROR: second try" >&2; exit 1;;',
    `*download*) echo "WARNING: Retrying after connection broken by 'refused': /simple" >&2`,
    'echo "ERROR: No matching distribution found" >&2; exit 1;; esac',
  ]
  const reason = await install({}, pathWith({ python3: says.join('\n'), 'c++': '' }))
  expect(reason?.notes).toEqual([
    { message: "pip: Retrying after connection broken by 'refused': /simple" },
    { message: 'pip: No matching distribution found' },
  ])
})

test('a full disk is told from other failures', async () => {
  const says = 'case "$*" in *download*) echo "OSError: No space left on device" >&2; exit 1;; esac'
  const reason = await install({}, pathWith({ python3: says, 'c++': '' }))
  expect(reason?.code).toBe('BASE_WRITE_FAILED')
  expect(reason?.message).toContain('no space left')
})

test.each([
  ['no zip archive', 'text', 'not a zip file'],
  ['an empty archive', `PK\x05\x06${'\0'.repeat(18)}`, 'cannot be read'],
])('a damaged wheel: %s', async (_, content, words) => {
  const from = join(root, `epicscorelibs-1.0-cp1-cp1-${linux}.whl`)
  writeFileSync(from, content)
  const reason = await install({ from }, process.env['PATH'] ?? '')
  expect(reason?.code).toBe('BASE_WHEEL_INVALID')
  expect(reason?.message).toContain(words)
})

test.each(['a b', '--help', '../x', '7', '7.0;x', ''])('%j is no version', async (version) => {
  expect((await install({ version }, '/nowhere'))?.code).toBe('BASE_VERSION_INVALID')
})

test('a base of another machine stays', async () => {
  const directory = join(root, 'data/e3/base', pinnedBaseVersion)
  writeEmbeddedBase(directory, { source: softIocSource(), arch: 'linux-other' })
  const env = { PATH: '/nowhere', XDG_DATA_HOME: join(root, 'data') }
  const { base, diagnostics } = await installBase({ cwd: root, env })
  expect(base).toBeUndefined()
  expect(diagnostics[0]?.code).toBe('BASE_ARCH_MISSING')
  expect(existsSync(join(directory, 'bin/linux-other/softIocPVA'))).toBe(true)
})

test('a place that cannot be written', async () => {
  const env = { PATH: pathWith({ python3: '', 'c++': '' }), XDG_DATA_HOME: '/proc' }
  const { diagnostics } = await installBase({ cwd: root, env })
  expect(diagnostics[0]).toMatchObject({
    code: 'BASE_WRITE_FAILED',
    message: 'cannot write /proc/e3/base: no such file or directory',
  })
})
