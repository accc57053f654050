import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildModule } from '../../support/build-module.ts'
import { writeMeta } from '../../support/built-module.ts'
import { newWorkspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const base = testBase()
const workspace = newWorkspace()
const [good, tree] = [workspace.path('good'), workspace.path('tree')]
let arch = ''

beforeAll(async () => {
  if (!base) return
  const lower = { name: 'lower', version: '1.0.0+0' }
  const specs = [lower, { name: 'upper', version: '2.0.0', dep: [lower] }]
  for (const spec of specs) {
    const built = await buildModule({ ...spec, root: good, base })
    arch = built.arch
    writeMeta(built.directory, { ...spec, arch })
  }
})
beforeEach(() => {
  rmSync(tree, { recursive: true, force: true })
  if (existsSync(good)) cpSync(good, tree, { recursive: true })
})
afterAll(workspace.remove)

const verify = (...args: string[]) =>
  runE3(['tree', 'verify', ...args], {
    cwd: workspace.directory,
    env: { EPICS_DRIVER_PATH: tree, E3_SITEMODS_PATH: '' },
  })

describe.skipIf(base === undefined)('e3 tree verify', () => {
  test('a tree in order', async () => {
    expect(await verify()).toMatchObject({ stderr: '2 versions: nothing wrong\n', status: 0 })
  })

  test('everything that is wrong, in one run', async () => {
    cpSync(join(tree, 'lower/1.0.0+0'), join(tree, 'lower/3.0.0'), { recursive: true })
    rmSync(join(tree, 'lower/1.0.0+0'), { recursive: true })
    writeFileSync(
      join(tree, 'upper/2.0.0/dbd/upper.dbd'),
      'registrar(upperRegistrar)\ndriver(no)\n',
    )
    const foreign = join(tree, 'foreign/1.0.0/lib/linux-ppc')
    mkdirSync(foreign, { recursive: true })
    writeFileSync(join(foreign, 'foreign.dep'), '')
    cpSync(join(tree, `upper/2.0.0/lib/${arch}/libupper.so`), join(foreign, 'libforeign.so'))
    const { stderr, status } = await verify()
    for (const code of [
      ...['LIBRARY_RELEASE_MISMATCH', 'REQUIRE_NOT_FOUND', 'TREE_FILES_DIFFER'],
      'LIBRARY_WRONG_ARCH',
    ]) {
      expect(stderr).toContain(`error[${code}]`)
    }
    expect(stderr).toMatch(/^3 versions: \d errors/m)
    expect(status).toBe(1)
  })

  test('a dbd file that base refuses', async () => {
    writeFileSync(
      join(tree, 'lower/1.0.0+0/dbd/lower.dbd'),
      'registrar(lowerRegistrar)\ndevice(nosuch, CONSTANT, devLower, "Lower")\n',
    )
    const { stderr } = await verify()
    expect(stderr).toMatch(/lower\.dbd:2:8: error\[DBD_RECORD_TYPE_UNKNOWN\]/)
  })

  test('only some', async () => {
    rmSync(join(tree, 'lower/1.0.0+0'), { recursive: true })
    expect((await verify('low*', 'upper,1*')).stderr).toContain('error[NOTHING_FOUND]')
    expect((await verify('upper,2*')).stderr).toContain('1 version: 1 error')
  })

  test('repaired: what was left, and a .dep file', async () => {
    const left = join(tree, `lower/.staging-${hostname()}-1-1`)
    mkdirSync(left)
    utimesSync(left, 1, 1)
    mkdirSync(join(tree, 'empty'))
    const dep = join(tree, `upper/2.0.0/lib/${arch}/upper.dep`)
    const text = readFileSync(dep, 'utf8')
    rmSync(dep)
    const found = await verify()
    expect(found.stderr.match(/TREE_LEFTOVER/g)).toHaveLength(2)
    expect(found.stderr).toContain('warning[DEP_FILE_MISSING]')
    expect(found.stderr).toContain('help: e3 tree verify --repair makes it')
    expect(existsSync(left)).toBe(true)
    const repaired = await verify('--repair')
    expect(repaired.stdout).toContain(`cleared up ${tree}/lower`)
    expect(repaired.stdout).toContain('wrote upper.dep')
    expect(repaired).toMatchObject({ stderr: '2 versions: nothing wrong\n', status: 0 })
    expect(readFileSync(dep, 'utf8')).toBe(text)
    expect(existsSync(join(tree, 'empty'))).toBe(false)
  })

  test('links that broke when the tree was moved lead to what is here, others are told', async () => {
    rmSync(join(tree, 'upper/2.0.0/upper_meta.yaml'))
    const links = {
      'upper/prod': '/old/tree/upper/2.0.0',
      'upper/2.0.0/dbd/same.dbd': '/old/tree/upper/2.0.0/dbd/upper.dbd',
      'upper/stable': '3.0.0',
      'upper/4.0.0': '/old/tree/upper/2.0.0',
      'upper/2.0.0/dbd/gone.dbd': '/old/tree/upper/2.0.0/dbd/gone.dbd',
      moved: '/old/tree/moved',
    }
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(tree, path))
    const found = await verify()
    expect(found.stderr.match(/error\[VERSION_LINK_WRONG\]/g)).toHaveLength(5)
    expect(found.stderr).toContain('help: e3 tree verify --repair\n')
    const repaired = await verify('--repair')
    expect(repaired.stdout.split('\n')).toEqual([
      `${tree}/upper/2.0.0/dbd/same.dbd leads to upper.dbd again`,
      `${tree}/upper/prod leads to 2.0.0 again`,
      '',
    ])
    for (const told of [
      `${tree}/moved is a link that leads nowhere`,
      `note: dbd/gone.dbd -> /old/tree/upper/2.0.0/dbd/gone.dbd`,
      `help: let it lead to a version, or remove it: rm ${tree}/upper/stable`,
      `help: let it lead to a version, or remove it: rm ${tree}/upper/4.0.0`,
    ]) {
      expect(repaired.stderr).toContain(told)
    }
    expect(repaired.stderr.match(/error\[VERSION_LINK_WRONG\]/g)).toHaveLength(4)
    expect(repaired.status).toBe(1)
    expect(readdirSync(join(tree, 'upper')).sort()).toEqual(['2.0.0', '4.0.0', 'prod', 'stable'])
  })
})
