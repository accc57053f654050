import { splitLine } from '../../shell/split.ts'
import type { MacroScope } from '../../startup/script-macros.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'
import { givenMacros } from '../load/given-macros.ts'
import type { CheckedIoc, CheckedLoad, GivenMacro } from '../types.ts'

/** A text that was read with macros: a database for a load, a script for `iocshLoad`. */
export interface MacroCall {
  /** What was read; what it includes comes behind. */
  readonly sources: readonly [Source, ...Source[]]
  readonly kind: 'database' | 'script'
  /** Read when it is asked for. */
  readonly given: readonly GivenMacro[]
  isUsed(name: string): boolean
  /** Names that were looked up, but not given; true: the reference has a default. */
  missing(): Iterable<readonly [name: string, hasDefault: boolean]>
}

/** All texts that an IOC reads with macros, in the order of the databases, then of the scripts. */
export function macroCalls(ioc: CheckedIoc): readonly MacroCall[] {
  const known = cache.get(ioc)
  if (known) return known
  const { outcome, loads, assumed = [] } = ioc
  const scopes = outcome ? [...outcome.macros.scopes, ...outcome.assumed.scopes] : []
  const scripts = scopes.map((scope) => outcome && ofScript(scope, outcome))
  const all = [...loads, ...assumed]
  const calls = [...all.map(ofLoad), ...scripts.flatMap((call) => call ?? [])]
  cache.set(ioc, calls)
  return calls
}

const cache = new WeakMap<CheckedIoc, readonly MacroCall[]>()

function ofLoad(load: CheckedLoad): MacroCall {
  const { text, includes = [] } = load
  const tallies = [text, ...includes].map(({ macros }) => macros)
  return {
    sources: [text.source, ...includes.map(({ source }) => source)],
    kind: 'database',
    get given() {
      return load.given
    },
    isUsed: (name) => tallies.some(({ used }) => used.has(name)),
    *missing() {
      for (const tally of tallies) {
        for (const name of tally.undefined) yield [name, false]
        for (const name of tally.defaulted) yield [name, true]
      }
    },
  }
}

/** Nothing can be said about a script of which not all lines could be followed. */
function ofScript(scope: MacroScope, outcome: WalkOutcome): MacroCall | undefined {
  const { run, used, missing, isPartial } = scope
  if (run.kind === '<' || run.macros === undefined || isPartial) return undefined
  const given = once(() => macrosOfRun(scope, outcome))
  return {
    sources: [run.source],
    kind: 'script',
    get given() {
      return given()
    },
    isUsed: (name) => used.has(name),
    missing: () => [...missing].map(([name, { hasDefault }]) => [name, hasDefault] as const),
  }
}

/** The macros of a script, each with its place in the line that runs it. */
export function macrosOfRun(
  { run: { parent, macros } }: MacroScope,
  { places: { shown } }: WalkOutcome,
): GivenMacro[] {
  const word = parent && splitLine(parent.text).words[2]
  if (!parent || !word || word.text !== macros) return []
  return givenMacros({ line: parent, word, shown })
}
