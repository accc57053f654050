import { describe, expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import type { Site } from '../../../src/modules/site.ts'
import { renderText } from '../../../src/text/render.ts'
import { scriptRequests } from '../../support/requests.ts'
import { arch, memoryReader, moduleFolders, type ShortTree } from '../../support/tree.ts'

function siteWith(...trees: readonly ShortTree[]): Site {
  const folders = trees.map((tree, index) => [`r${index}`, moduleFolders(tree)] as const)
  return {
    reader: memoryReader(Object.fromEntries(folders)),
    roots: folders.map(([name]) => ({ directory: `/${name}`, origin: '-l' })),
    architecture: arch,
  }
}

function taken(asked: string, ...trees: readonly ShortTree[]): string | undefined {
  const { modules } = resolve(scriptRequests(`require ${asked}`), siteWith(...trees))
  return modules.find(({ name }) => name === 'm')?.directory
}

const notBuilt = { lib: { arm: {} } }

describe('of a name in two roots, the first one counts', () => {
  test.each([
    [
      'two links',
      { m: { '1.0.0': '', stable: '-> 1.0.0' } },
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      '/r0/m/1.0.0',
    ],
    [
      'two links, the other way round',
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      { m: { '1.0.0': '', stable: '-> 1.0.0' } },
      '/r0/m/2.0.0',
    ],
    [
      'a directory before a link',
      { m: { stable: '' } },
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      '/r0/m/stable',
    ],
    [
      'a link before a directory',
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      { m: { stable: '' } },
      '/r0/m/2.0.0',
    ],
    [
      'a link to what is not built',
      { m: { '1.0.0': notBuilt, stable: '-> 1.0.0' } },
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      '/r1/m/2.0.0',
    ],
    [
      'a directory that is not built',
      { m: { stable: notBuilt } },
      { m: { '2.0.0': '', stable: '-> 2.0.0' } },
      '/r1/m/2.0.0',
    ],
    ['a link to nowhere', { m: { stable: '-> 1.0.0' } }, { m: { stable: '' } }, '/r1/m/stable'],
    [
      'links to each other',
      { m: { a: notBuilt, stable: '-> a' } },
      { m: { a: '-> stable', stable: '' } },
      '/r1/m/stable',
    ],
    [
      'the version of the first root that has it',
      { m: { '1.0.0': '' } },
      { m: { '1.0.0': '', stable: '-> 1.0.0' } },
      '/r0/m/1.0.0',
    ],
  ] satisfies [string, ShortTree, ShortTree, string][])('%s', (_title, first, second, expected) => {
    expect(taken('m,stable', first, second)).toBe(expected)
  })
})

test.each([
  ['on a line', 'm,dev', {}],
  ['in a .dep file', 'n', { n: { '1.0.0': 'm dev' } }],
])('an alias of a test version, though there are numeric ones: %s', (_title, asked, others) => {
  const tree = { m: { '1.0.0': '', mytest: '', dev: '-> mytest' }, ...others }
  expect(taken(asked, tree)).toBe('/r0/m/mytest')
})

describe('the same version with other leading zeros', () => {
  const [plain, zeros] = [{ m: { '1.0.0': '' } }, { m: { '01.0.0': '' } }]

  test('is taken from the first root, as it is written there', () => {
    expect(taken('m', plain, zeros)).toBe('/r0/m/1.0.0')
    expect(taken('m', zeros, plain)).toBe('/r0/m/01.0.0')
    expect(taken('m,1.0.0', zeros, plain)).toBe('/r0/m/01.0.0')
    const [module] = resolve(scriptRequests('require m'), siteWith(zeros)).modules
    expect(module?.version.text).toBe('01.0.0')
  })

  test('is taken from the second if it is built there only, and is called as it is there', () => {
    const site = siteWith({ m: { '01.0.0': notBuilt } }, plain)
    const [module] = resolve(scriptRequests('require m,01.0.0'), site).modules
    expect(module).toMatchObject({ directory: '/r1/m/1.0.0', version: { text: '1.0.0' } })
  })

  test('is a duplicate', () => {
    const { diagnostics } = resolve(scriptRequests('require m'), siteWith(plain, zeros))
    expect(diagnostics.map(({ code }) => code)).toEqual(['VERSION_DUPLICATE'])
  })

  test('in one folder, too, whatever the order of its names', () => {
    const folder = { '1.0.0': '', '01.0.0': '' }
    const reversed = Object.fromEntries(Object.entries(folder).reverse())
    expect(taken('m', { m: folder })).toBe(taken('m', { m: reversed }))
    const { diagnostics } = resolve(scriptRequests('require m'), siteWith({ m: folder }))
    expect(diagnostics.map((item) => renderText(item)).join('\n')).toMatchInlineSnapshot(`
      "warning[VERSION_DUPLICATE]: m 01.0.0 is installed in more than one place
        note: /r0/m/01.0.0 is taken: it comes first
        note: /r0/m/1.0.0 is not used
        help: remove one of them"
    `)
  })

  test.each(['m,1.0.0', 'm,stable'])('a link to it is its alias: %s', (asked) => {
    const tree = { m: { '01.0.0': '', '2.0.0': '', stable: '-> 01.0.0' } }
    expect(taken(asked, { m: { '1.0.0': notBuilt } }, tree)).toBe('/r1/m/01.0.0')
  })
})
