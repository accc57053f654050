import fc from 'fast-check'
import { type ModuleRequest, parseRequest } from '../../src/modules/module-request.ts'
import { matchesRequest, parseVersionRequest } from '../../src/version/request.ts'
import { parseVersion } from '../../src/version/version.ts'
import type { ShortTree } from './tree.ts'

/** The versions of random trees, highest first. */
export const versionTexts = ['2.0.0', '1.0.0+1', '1.0.0', 'z', 't'] as const
/** The name of the only alias. */
const aliasName = 's'
const names = ['a', 'b', 'c', 'd'] as const

/** A request in short form; an empty version asks for any. */
export type Asked = readonly [module: string, version: string]

/** By module and version: what the version depends on. */
export type RandomTree = Readonly<Record<string, Readonly<Record<string, readonly Asked[]>>>>

const asked: fc.Arbitrary<Asked> = fc.tuple(
  fc.constantFrom(...names, ...names, 'missing'),
  fc.constantFrom('', '', '2.0.0', '1.0.0', '1.0.0+1', 't', 'z', aliasName),
)

export const randomTrees: fc.Arbitrary<RandomTree> = fc.dictionary(
  fc.constantFrom(...names),
  fc.dictionary(fc.constantFrom(...versionTexts), fc.array(asked, { maxLength: 2 })),
)

/** By module: the version that its alias leads to, which may not be there. */
export type Aliases = Readonly<Record<string, string>>

export const randomAliases: fc.Arbitrary<Aliases> = fc.dictionary(
  fc.constantFrom(...names),
  fc.constantFrom(...versionTexts),
)

export const randomRequests: fc.Arbitrary<Asked[]> = fc.array(asked, { minLength: 1, maxLength: 3 })

export function requestsOf(list: readonly Asked[]): ModuleRequest[] {
  return list.flatMap((words) => parseRequest(words.join(',')).value ?? [])
}

export function treeOf(tree: RandomTree, aliases: Aliases = {}): ShortTree {
  const lines = (needed: readonly Asked[]) => needed.map((words) => words.join(' ')).join(';')
  const link = (module: string) =>
    aliases[module] === undefined ? {} : { [aliasName]: `-> ${aliases[module]}` }
  return Object.fromEntries(
    Object.entries(tree).map(([module, versions]) => [
      module,
      {
        ...Object.fromEntries(
          Object.entries(versions).map(([version, needed]) => [version, lines(needed)]),
        ),
        ...link(module),
      },
    ]),
  )
}

/** Whether a version of a module fulfils a request, by the definition. */
export function fits(version: string, [module, request]: Asked, aliases: Aliases): boolean {
  if (request === aliasName && aliases[module] === version) return true
  return matchesRequest(parseVersion(version), parseVersionRequest(request))
}
