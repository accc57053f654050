import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  consoleLines,
  type Ended,
  type LaunchOptions,
  launch,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'

const base = testBase()

/** Whoever runs one of these texts as a command leaves a file behind. */
const commands = [
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  "'; touch pwned; '",
  '"; touch pwned; "',
  '\' "\nsystem "touch pwned',
  '| touch pwned',
  '$' + '{IFS}$(system "touch pwned")',
  '")\')\nsystem("touch pwned',
]

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace()
})
afterAll(() => workspace.remove())
afterEach(() => expect(existsSync(workspace.path('pwned'))).toBe(false))

const start = (args: readonly string[], options?: LaunchOptions): Promise<Ended> =>
  launch(workspace, ['-i', ...args, '-c', 'exit'], options)

describe.skipIf(!base)('no text is run as a command', () => {
  test('values reach the variables of the IOC unchanged', async () => {
    const values = [
      ...commands.filter((text) => !text.includes('\n')),
      ...[
        '',
        ' ',
        'a  b',
        "'",
        '"',
        '\\',
        '\\\\',
        "\\'",
        '\\"',
        "a'b\"c'd",
        "'\"'\"'",
        "'\\",
        '"\\',
      ],
      ...['$(X)', '$(X', '${X}', '$$(X)', '\\$(X)', '$(X=$(Y=1))', "'$(X)'", '"$(X)"', 'a\\ b\\'],
      ...['<in', '>out', '2>out', '#no comment', '# no', 'a,b(c)', 'a=b', '\t', '\ta\tb', 'ä€😀'],
    ]
    const args = values.flatMap((value, index) => [`V${index}=${value}`])
    const shown = values.flatMap((_, index) => ['-c', `epicsEnvShow V${index}`])
    const ended = await start([...args, ...shown])
    const lines = consoleLines(ended).filter((line) => /^V\d+=/.test(line))
    expect(lines).toEqual(values.map((value, index) => `V${index}=${value}`))
    expect(ended).toMatchObject({ stderr: '', status: 0 })
  })

  test('macros reach a script unchanged', async () => {
    const values = ['a,b', 'a=b,c=d', '"q"', "it's", '\\x\\', "','", '`touch pwned`', '; x', '#']
    workspace.write({ 'show.cmd': "epicsEnvSet V '$(NO)'\nepicsEnvShow V\necho '<' \"$(V)\"\n" })
    for (const [index] of values.entries()) {
      workspace.write({
        [`m${index}.cmd`]: `epicsEnvSet "M${index}" "$(V)"\nepicsEnvShow M${index}\n`,
      })
    }
    const writable = values.filter((value) => !value.includes('"') && !value.endsWith('\\'))
    const args = writable.flatMap((value, index) => [`m${index}.cmd`, `V=${value}`])
    const ended = await start(args)
    const lines = consoleLines(ended).filter((line) => /^M\d+=/.test(line))
    expect(lines).toEqual(writable.map((value, index) => `M${index}=${value}`))
  })

  test.each(commands)('as value of a macro: %j', async (text) => {
    workspace.write({ 'x.cmd': 'echo "$(X)" $(X)\n' })
    const ended = await start(['x.cmd', `X=${text}`, `Y=${text}`])
    expect([0, 1]).toContain(ended.status)
  })

  test.each([...commands, "A'B", 'A B', '', '../../A'])('as name of the IOC: %j', async (name) => {
    const ended = await start([], { env: { IOCNAME: `${name}` } })
    const given = await start(['-n', name || 'A.B'])
    expect(given.status === 1 ? plain(given.stderr) : 'IOC_NAME').toContain('IOC_NAME')
    expect(ended.status).toBe(name === '' ? 0 : given.status)
  })

  test.each(['A`touch;pwned`', 'A;B', 'A|B&C>D', 'A-rf', 'A*?[x]', '~', 'a\\'])(
    'as odd name of an IOC that is allowed: %j',
    async (name) => {
      const ended = await start(['-c', 'dbl'], { env: { IOCNAME: name } })
      expect(plain(ended.stderr)).toBe('')
      expect(consoleLines(ended)).toContain(`${name}:BaseVersion`)
    },
  )

  test.each([...commands, '../alpha', '/etc/passwd', '-l', 'a/b', '.', '..', '%s'])(
    'as name of a module: %j',
    async (name) => {
      workspace.write({ 'r.cmd': `require '${name.replaceAll("'", '').split('\n')[0]}'\n` })
      for (const args of [['-r', name], ['r.cmd']]) {
        const ended = await start(['-l', '.', ...args])
        expect([1, 2], ended.stderr).toContain(ended.status)
        expect(plain(ended.stderr)).toMatch(/error\[[A-Z_]+\]/)
      }
    },
  )

  test.each([...commands.filter((text) => !text.includes('/')), 'a b', '"', "'", '1.0.0+0\\'])(
    'as name of a version folder: %j',
    async (version) => {
      const root = newWorkspace({
        [`evil/${version}/lib/linux-x86_64/evil.dep`]: '',
        [`evil/${version}/db/x.db`]: '',
      })
      const ended = await start(['-l', root.directory, '-r', 'evil', '-c', 'dbl'])
      root.remove()
      expect([0, 1], plain(ended.stderr)).toContain(ended.status)
      expect(plain(ended.stderr)).not.toMatch(/^ERROR|macLib|syntax error/m)
      expect(existsSync('pwned')).toBe(false)
    },
  )

  test.each([
    ...commands.map((text) => `${text} 1.0.0`),
    ...commands.map((text) => `beta ${text}`),
    ...['../../etc 1', 'beta', '\0\0', '\xff\xfe', 'beta '.repeat(1000), 'a\n'.repeat(1000)],
  ])('as line of a .dep file: %j', async (line) => {
    workspace.write({ 'deps/evil/1.0.0/lib/linux-x86_64/evil.dep': line })
    const ended = await start(['-l', 'deps', '-r', 'evil'])
    expect(ended.status).toBe(1)
    expect(plain(ended.stderr)).toMatch(/error\[[A-Z_]+\]/)
    expect(ended.stdout).toBe('')
  })
})
