import type { MacroScope, RemovedMacro } from '../../startup/script-macros.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc, GivenMacro } from '../types.ts'
import { macrosOfRun } from './calls.ts'

/**
 * `epicsEnvSet` in a script removes the macro of that name from all scripts around it
 * (hierarchy-and-macros.md 7): a value that was given and never used, or another one from then on.
 */
export function* removedMacros({ outcome }: CheckedIoc): Generator<Diagnostic> {
  if (!outcome) return
  const reported = new Set<string>()
  for (const { given, removal } of losses(outcome)) {
    const at = outcome.places.of(removal.by)
    const message = messageOf(given, removal, outcome)
    const key = `${at.source.name}\0${at.start}\0${message}`
    if (message === undefined || reported.has(key)) continue
    reported.add(key)
    const { name, usedBehind } = removal
    const later = usedBehind && {
      message: `${name} is used here afterwards`,
      at: outcome.places.of(usedBehind),
    }
    yield diagnostic('MACRO_REMOVED', message, {
      at,
      notes: [{ message: `${name} is given here`, at: given.at }, ...(later ? [later] : [])],
      hint: later
        ? 'give the variable another name'
        : `keep the given value: epicsEnvSet ${name} "$(${name}=${removal.value ?? ''})"`,
    })
  }
}

/** Tells whether a definition has no effect because a variable of its name is set first. */
export function removedBeforeUse({ outcome }: CheckedIoc): (given: GivenMacro) => boolean {
  if (!outcome) return () => false
  const places = new Set<string>()
  for (const { given, removal } of losses(outcome)) {
    if (!removal.wasUsed && isOtherValue(given, removal)) places.add(placeOf(given))
  }
  return (given) => places.has(placeOf(given))
}

function placeOf({ name, at, nameAt = at }: GivenMacro): string {
  return `${nameAt.source.name}\0${nameAt.start}\0${name}`
}

interface Loss {
  readonly given: GivenMacro
  readonly removal: RemovedMacro
}

function* losses(outcome: WalkOutcome): Generator<Loss> {
  for (const scope of outcome.macros.scopes) yield* lossesOf(scope, outcome)
}

function* lossesOf(scope: MacroScope, outcome: WalkOutcome): Generator<Loss> {
  if (scope.removed.length === 0) return
  const all = macrosOfRun(scope, outcome)
  for (const removal of scope.removed) {
    const given = all.findLast(({ name }) => name === removal.name)
    if (given) yield { given, removal }
  }
}

function isOtherValue({ raw }: GivenMacro, { value }: RemovedMacro): boolean {
  return value !== raw.replace(/["']/g, '')
}

function messageOf(
  given: GivenMacro,
  removal: RemovedMacro,
  { places }: WalkOutcome,
): string | undefined {
  if (!isOtherValue(given, removal)) return undefined
  const { name, value, usedBehind, wasUsed, by } = removal
  const now = value === undefined ? 'undefined' : JSON.stringify(value)
  if (usedBehind) {
    return `this removes the macro ${name} of the scripts around: in ${places.label(usedBehind)} it is ${now} from now on`
  }
  if (wasUsed) return undefined
  return `this removes the macro ${name} before ${by.run.source.name} uses it: the given value ${JSON.stringify(given.raw)} has no effect`
}
