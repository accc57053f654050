import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import fastGlob from 'fast-glob'
import { expect, test } from 'vitest'
import { e3Program } from '../../src/cli/e3.ts'
import { globalHeading } from '../../src/cli/global-options.ts'
import { createContext } from '../../src/cli/host-context.ts'
import { optionSpecs } from '../../src/cli/iocsh/options.ts'

const root = join(import.meta.dirname, '../..')
const pages = fastGlob.sync(['README.md', 'examples/**/*.md', 'docs/**/*.md'], { cwd: root })
/** Pages that are being written: remove each one from here once it exists. */
const pending: ReadonlySet<string> = new Set(['docs/design/benchmarks.md'])
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

test.each(pages)('links: %s leads to files and headings that exist', (page) => {
  expect(linksOf(textOf(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([])
})

test.each(optionSpecs.flatMap(({ names, aliases = [] }) => [...names, ...aliases]))(
  'docs/reference/cli.md has %s of iocsh',
  (name) => {
    expect(words('iocsh')).toContain(name)
  },
)

test.each(await e3Words())('docs/reference/cli.md has %s', (command, word) => {
  expect(words(command)).toContain(word)
})

function linksOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#', 2)
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return pending.has(target)
  return heading === undefined || headingsOf(target).includes(heading)
}

/** Names of headings as GitHub makes them. */
function headingsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

/** What stands between backquotes in the sections of a command, split into words. */
function words(command: string): string[] {
  const [section = ''] = textOf('docs/reference/cli.md')
    .split(/^(?=## )/m)
    .filter((one) => one.startsWith(`## ${command}\n`))
  return [...section.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/[\s,]+/))
}

/** Commands and options of `e3` with the section they belong to. */
async function e3Words(): Promise<[section: string, word: string][]> {
  const output = { write: () => {}, writeAll: async () => true, isTerminal: false }
  const context = createContext(
    { stdout: output, stderr: output, setExitCode: () => {} },
    () => ({ format: 'text', quiet: false, noColor: true }),
    { env: {}, cwd: '/', uid: 0 },
  )
  const program = await e3Program(context, { format: 'text', quiet: false })
  return [
    ...optionsOf(program, 'e3'),
    ...visible(program).flatMap((command): [string, string][] => {
      const section = `e3 ${command.name()}`
      const parts = visible(command)
      const own = parts.map((part): [string, string] => [section, part.name()])
      return [
        ...optionsOf(command, section),
        ...own,
        ...parts.flatMap((part) => optionsOf(part, section)),
      ]
    }),
  ]
}

function visible(command: Command): Command[] {
  const known = new Set(command.commands)
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => known.has(one))
}

function optionsOf(command: Command, section: string): [string, string][] {
  const isOwn = section === 'e3'
  const options = command.options.filter((one) => isOwn || one.helpGroupHeading !== globalHeading)
  return options.flatMap(({ long, short }) =>
    [long, short].flatMap((name): [string, string][] => (name ? [[section, name]] : [])),
  )
}
