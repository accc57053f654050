import fc from 'fast-check'
import { type ModuleRequest, parseRequest } from '../../src/modules/module-request.ts'
import type { ShortTree } from './tree.ts'

/** The versions of random trees, highest first. */
export const versionTexts = ['2.0.0', '1.0.0+1', '1.0.0', 'z', 't'] as const
const names = ['a', 'b', 'c', 'd'] as const

/** A request in short form; an empty version asks for any. */
export type Asked = readonly [module: string, version: string]

/** By module and version: what the version depends on. */
export type RandomTree = Readonly<Record<string, Readonly<Record<string, readonly Asked[]>>>>

const asked: fc.Arbitrary<Asked> = fc.tuple(
  fc.constantFrom(...names, ...names, 'missing'),
  fc.constantFrom('', '', '2.0.0', '1.0.0', '1.0.0+1', 't', 'z'),
)

export const randomTrees: fc.Arbitrary<RandomTree> = fc.dictionary(
  fc.constantFrom(...names),
  fc.dictionary(fc.constantFrom(...versionTexts), fc.array(asked, { maxLength: 2 })),
)

export const randomRequests: fc.Arbitrary<Asked[]> = fc.array(asked, { minLength: 1, maxLength: 3 })

export function requestsOf(list: readonly Asked[]): ModuleRequest[] {
  return list.flatMap((words) => parseRequest(words.join(',')).value ?? [])
}

export function treeOf(tree: RandomTree): ShortTree {
  const lines = (needed: readonly Asked[]) => needed.map((words) => words.join(' ')).join(';')
  return Object.fromEntries(
    Object.entries(tree).map(([module, versions]) => [
      module,
      Object.fromEntries(
        Object.entries(versions).map(([version, needed]) => [version, lines(needed)]),
      ),
    ]),
  )
}
