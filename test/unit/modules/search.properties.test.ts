import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openModuleTree } from '../../../src/modules/module-tree.ts'
import { search } from '../../../src/modules/search.ts'
import { parseVersion } from '../../../src/version/version.ts'
import {
  type Aliases,
  type Asked,
  fits,
  type RandomTree,
  randomAliases,
  randomRequests,
  randomTrees,
  requestsOf,
  treeOf,
  versionTexts,
} from '../../support/random-trees.ts'
import { siteOf } from '../../support/tree.ts'

interface Folders {
  readonly tree: RandomTree
  readonly aliases: Aliases
}

const randomFolders = fc.record({ tree: randomTrees, aliases: randomAliases })

function solve(
  { tree, aliases }: Folders,
  list: readonly Asked[],
): Record<string, string> | undefined {
  const outcome = search(openModuleTree(siteOf(treeOf(tree, aliases))), requestsOf(list))
  if (outcome.kind !== 'solved') return undefined
  return Object.fromEntries(
    [...outcome.state.decided].map(([module, { installed }]) => [module, installed.version.text]),
  )
}

type Choice = Readonly<Record<string, string>>

const isGiven = (choice: Choice, asked: Asked, aliases: Aliases) => {
  const version = choice[asked[0]]
  return version !== undefined && fits(version, asked, aliases)
}

/** All requests that hold for a choice: the direct ones and those of the versions chosen. */
function requestsIn(tree: RandomTree, list: readonly Asked[], choice: Choice): Asked[] {
  const inner = Object.entries(choice).flatMap(([module, text]) => tree[module]?.[text] ?? [])
  return [...list, ...inner]
}

/** Whether a choice is an answer, by the definition and without any search. */
function isAnswer({ tree, aliases }: Folders, list: readonly Asked[], choice: Choice): boolean {
  const all = requestsIn(tree, list, choice)
  if (!all.every((asked) => isGiven(choice, asked, aliases))) return false
  const reached = new Set<string>()
  const visit = (module: string, path: readonly string[]): boolean => {
    if (path.includes(module)) return false
    reached.add(module)
    return (tree[module]?.[choice[module] ?? ''] ?? []).every(([next]) =>
      visit(next, [...path, module]),
    )
  }
  if (!list.every(([module]) => visit(module, []))) return false
  if (reached.size !== Object.keys(choice).length) return false
  return Object.entries(choice).every(([module, text]) => {
    const numeric = Object.keys(tree[module] ?? {}).some((v) => parseVersion(v).kind === 'numeric')
    const isNamed = all.some(
      (asked) => asked[0] === module && asked[1] !== '' && fits(text, asked, aliases),
    )
    return parseVersion(text).kind === 'numeric' || !numeric || isNamed
  })
}

function allChoices(tree: RandomTree): Choice[] {
  return Object.entries(tree).reduce<Choice[]>(
    (choices, [module, versions]) =>
      choices.flatMap((choice) => [
        choice,
        ...Object.keys(versions).map((text) => ({ ...choice, [module]: text })),
      ]),
    [{}],
  )
}

/** The answer by the documented rule: dependents first, of each the highest that leads anywhere. */
function bestAnswer(folders: Folders, list: readonly Asked[]): Choice | undefined {
  let answers = allChoices(folders.tree).filter((choice) => isAnswer(folders, list, choice))
  const chosen: Record<string, string> = {}
  for (;;) {
    const first = answers[0]
    if (!first) return undefined
    const module = firstModule(folders, list, chosen)
    if (module === undefined) return first
    const text = versionTexts.find((version) =>
      answers.some((answer) => answer[module] === version),
    )
    if (text === undefined) throw new Error('an answer lacks a module')
    chosen[module] = text
    answers = answers.filter((answer) => answer[module] === text)
  }
}

function firstModule(
  { tree, aliases }: Folders,
  list: readonly Asked[],
  chosen: Choice,
): string | undefined {
  const all = requestsIn(tree, list, chosen)
  const open = [...new Set(all.map(([module]) => module))].filter((m) => !(m in chosen)).sort()
  const below = (module: string): Set<string> => {
    const reached = new Set<string>()
    const seen = new Set<string>()
    const visit = (name: string, extra: string) => {
      const wanted = [...all.filter(([m]) => m === name), [name, extra] as const]
      const text = versionTexts.find(
        (version) =>
          tree[name]?.[version] && wanted.every((asked) => fits(version, asked, aliases)),
      )
      if (text === undefined || seen.has(`${name} ${text}`)) return
      seen.add(`${name} ${text}`)
      for (const [next, version] of tree[name]?.[text] ?? []) {
        if (next in chosen) continue
        reached.add(next)
        visit(next, version)
      }
    }
    visit(module, '')
    return reached
  }
  const under = new Map(open.map((module) => [module, below(module)]))
  const isNeeded = (module: string) => open.some((other) => under.get(other)?.has(module))
  const isTop = (module: string) =>
    open.every((other) => !under.get(other)?.has(module) || under.get(module)?.has(other))
  return open.find((module) => !isNeeded(module)) ?? open.find(isTop) ?? open[0]
}

test('the choice is that of a search through all combinations', () => {
  let solved = 0
  fc.assert(
    fc.property(randomFolders, randomRequests, (folders, list) => {
      const found = solve(folders, list)
      const expected = bestAnswer(folders, list)
      if (expected) solved++
      expect(found).toEqual(expected)
    }),
    { numRuns: 500 },
  )
  expect(solved).toBeGreaterThan(20)
})

test('the choice does not depend on the order of the requests', () => {
  fc.assert(
    fc.property(randomFolders, randomRequests, (folders, list) => {
      expect(solve(folders, [...list].reverse())).toEqual(solve(folders, list))
    }),
  )
})

test('the choice fulfils every request and every line of a .dep file', () => {
  fc.assert(
    fc.property(randomFolders, randomRequests, (folders, list) => {
      const choice = solve(folders, list)
      if (!choice) return
      for (const asked of requestsIn(folders.tree, list, choice)) {
        expect(isGiven(choice, asked, folders.aliases)).toBe(true)
      }
    }),
  )
})
