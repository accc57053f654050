import { existsSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newBuildFolder } from '../support/build-folder.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { exampleModules, repository, testBase } from '../support/machine.ts'
import { start, stopAll } from '../support/process.ts'

const base = testBase()
const folder = newBuildFolder()
/** `npm test` installs them; each has a folder. */
const nodes = join(repository, 'build/node')
const versions = existsSync(nodes) ? readdirSync(nodes).filter((name) => /^\d+$/.test(name)) : []

/** So many that the check takes what it has for large databases. */
const records = Array.from(
  { length: 1000 },
  (_, index) => `record(ai, "$(P)${index}") {
  field(DESC, "Number ${index} of $(NAME=a device)")
  field(INP, "$(P)${(index + 1) % 1000}.VAL CP MS")
}
`,
)
folder.write({
  'many.db': records.join(''),
  'st.cmd': 'require simramp\ndbLoadRecords("many.db", "P=MANY:")\niocInit\ndbgf MANY:7.DESC\n',
  'wrong.cmd': 'require simrmp\ndbLoadRecords("many.db", "R=MANY:")\n',
  'module/module.yaml': 'name: tiny\nversion: 1.0.0\nsources: ["*.c"]\n',
  'module/tiny.c': 'int tiny = 1;\n',
})

let network: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  network = await privateNetwork()
})
afterEach(stopAll)
afterAll(folder.remove)

/**
 * How a command of the product ends and the lines that it prints, without numbers that always differ.
 * Their order depends on which of two streams or compilers comes first.
 */
async function outcomeOf([program = '', ...args]: readonly string[], version?: string) {
  for (const name of ['tree', 'module/.e3', 'run', 'cache']) {
    rmSync(folder.path(name), { recursive: true, force: true })
  }
  const { PATH } = process.env
  const env = {
    ...{ ...process.env, ...network, EPICS_BASE: base, IOCNAME: 'versions' },
    ...{ XDG_RUNTIME_DIR: folder.path('run'), XDG_CACHE_HOME: folder.path('cache') },
    PATH: version === undefined ? PATH : [join(nodes, version, 'bin'), PATH].join(delimiter),
  }
  folder.write({ 'run/.keep': '' })
  const here = ['-c', 'cd "$1" && shift && exec "$@"', 'sh', folder.directory]
  const run = start('sh', [...here, join(repository, program), ...args], { env })
  const status = await run.ended
  const text = run.text().replace(/\d+(?:[.:]\d+)+ m?s?\b|(?<=-)\d{2,}\b/g, '#')
  return { status, lines: text.split('\n').sort() }
}

describe.skipIf(!base || versions.length === 0)('another version of Node.js', () => {
  test.each(
    [
      ['bin/iocsh', '-l', exampleModules, 'st.cmd'],
      ['bin/iocsh', '-l', exampleModules, 'wrong.cmd'],
      ['bin/iocsh', '--help'],
      ['bin/e3', 'check', '-l', exampleModules, '.'],
      ['bin/e3', 'records', 'st.cmd', '-l', exampleModules, '--type', 'calc'],
      ['bin/e3', 'build', 'module'],
      ['bin/e3', 'install', 'module', '-l', folder.path('tree'), '--create'],
      ['bin/e3', 'list', '-l', folder.path('tree')],
      ['bin/e3', 'smoke', '--', '-l', exampleModules, 'st.cmd'],
    ].map((command) => [command.slice(0, 2).join(' '), command] as const),
  )('%s prints the same', async (_, command) => {
    const expected = await outcomeOf(command)
    for (const version of versions) {
      expect(await outcomeOf(command, version), version).toEqual(expected)
    }
  })
})
