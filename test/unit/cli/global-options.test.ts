import { Command } from 'commander'
import { expect, test } from 'vitest'
import { e3Program } from '../../../src/cli/e3.ts'
import { addGlobalOptions, globalOptionsOf } from '../../../src/cli/global-options.ts'
import { createContext } from '../../../src/cli/host-context.ts'

/** What `e3 WORDS` takes as options of all commands. */
async function optionsOf(words: string): Promise<unknown> {
  let found: unknown
  const see = (command: Command) =>
    command.exitOverride().action((...given: unknown[]) => {
      found = globalOptionsOf(given.at(-1) as Command)
    })
  const tree = new Command('tree')
  const all = [new Command('build'), new Command('list').option('--format <format>'), tree]
  const verify = see(new Command('verify'))
  tree.addCommand(verify)
  const program = new Command('e3').enablePositionalOptions().exitOverride()
  for (const command of all) program.addCommand(command === tree ? tree : see(command))
  for (const command of [program, ...all, verify]) addGlobalOptions(command)
  await program.parseAsync(words.split(' '), { from: 'user' })
  return found
}

test.each([
  ['build', {}],
  ['--quiet build', { quiet: true }],
  ['build --quiet', { quiet: true }],
  ['--format json build', { format: 'json' }],
  ['build --format json', { format: 'json' }],
  ['--format json build --format github --quiet', { format: 'github', quiet: true }],
  ['tree --quiet verify', { quiet: true }],
  ['tree --quiet verify --format json', { quiet: true, format: 'json' }],
  ['list --format csv', {}],
  ['--format json list --format csv', { format: 'json' }],
])('e3 %s', async (words, expected) => {
  expect(await optionsOf(words)).toEqual(expected)
})

const output = { write: () => {}, writeAll: async () => true, isTerminal: false }
const context = createContext(
  { stdout: output, stderr: output, setExitCode: () => {} },
  () => ({ format: 'text', quiet: false, noColor: true }),
  { env: {}, cwd: '/', uid: 0 },
)

function leaves(command: Command): [string, Command][] {
  if (command.commands.length === 0) return [[command.name(), command]]
  return command.commands.flatMap(leaves)
}

const program = await e3Program(context, { format: 'text', quiet: false })

test.each(leaves(program).filter(([name]) => name !== 'msi'))('e3 %s has both', (_, command) => {
  const names = command.options.map(({ long }) => long)
  expect(names).toEqual(expect.arrayContaining(['--format', '--quiet']))
})
