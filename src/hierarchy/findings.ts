import { type Diagnostic, diagnostic, type Note } from '../text/diagnostic.ts'
import type { Instance, Slot } from './instance.ts'
import type { Expand } from './template.ts'

/** Links of a chain that are shown; nobody reads more. */
const mostLinks = 50

/**
 * Values that need each other.
 *
 * @param slot - the one that was met again
 * @param slots - those that are being computed, outermost first
 */
export function loopFound(slot: Slot, slots: readonly Slot[]): Diagnostic {
  const first = slots.findIndex(({ values, name }) => values === slot.values && name === slot.name)
  const ring = slots.slice(Math.max(0, first))
  const names = chainOf([...ring, slot].map(nameOf))
  const notes = ring.slice(0, mostLinks).map((one): Note => {
    const message = `${nameOf(one)} is made of ${JSON.stringify(shownPieces(one))}`
    return { message, at: one.definition.at }
  })
  return diagnostic('HIERARCHY_LOOP', `values need each other without end: ${names}`, {
    ...{ at: slot.definition.at, notes },
    hint: 'give one of these macros or ports a value that leads out of the loop',
  })
}

/** A value that is too long, or a text made of such. */
export function tooLong(slot: Slot | undefined): Diagnostic {
  const what = slot ? `the value of ${nameOf(slot)}` : 'a record'
  const hint = 'look for macros that repeat each other'
  return diagnostic('HIERARCHY_LIMIT', `${what} is too long`, { at: slot?.definition.at, hint })
}

/**
 * A template that expands itself, maybe through others.
 *
 * @param ring - the expands that lead back, in their order
 */
export function expandLoop(ring: readonly Expand[]): Diagnostic {
  const last = ring.at(-1)
  const files = ring.map(({ at }) => at.source.name)
  const names = chainOf([...files, files[0] ?? ''])
  const notes = ring.slice(0, mostLinks).map(expandNote)
  const message = `templates expand each other without end: ${names}`
  return diagnostic('HIERARCHY_EXPAND_LOOP', message, {
    ...{ at: last?.at, notes: ring.length > 1 ? notes : [] },
    hint: 'remove one of these expands',
  })
}

/** More records, or instances, than anybody wants. */
export function tooMany(count: number, limit: number, chain: readonly Expand[]): Diagnostic {
  const shown = Number.isSafeInteger(count) ? `${count}` : count.toExponential(2)
  const message = `the flat database would have ${shown} records and instances, more than ${limit}`
  return diagnostic('HIERARCHY_LIMIT', message, {
    ...{ at: chain[0]?.at, notes: chain.slice(0, mostLinks).map(expandNote) },
    hint: 'look for templates that expand each other several times',
  })
}

function expandNote({ instance, template, at }: Expand): Note {
  const message = `instance ${instance}${template ? ` of ${template.source.name}` : ''}`
  return { message, at }
}

function nameOf({ kind, name, instance }: Slot): string {
  return kind === 'port' ? `$(${pathOf(instance)}.${name})` : `macro ${name} of ${pathOf(instance)}`
}

/** The names of the instances that lead to one, outermost first. */
function pathOf(instance: Instance): string {
  const names: string[] = []
  for (let one: Instance | undefined = instance; one?.expand; one = one.parent) {
    names.push(one.expand.instance)
  }
  const shown = names.length > 10 ? [...names.slice(0, 5), '...', ...names.slice(-5)] : names
  return shown.reverse().join('/')
}

function shownPieces({ definition }: Slot): string {
  const text = definition.pieces
    .map((piece) => (typeof piece === 'string' ? piece : 'raw' in piece ? piece.raw : ''))
    .join('')
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

function chainOf(names: readonly string[]): string {
  if (names.length <= 12) return names.join(' -> ')
  return [...names.slice(0, 6), `(${names.length - 12} more)`, ...names.slice(-6)].join(' -> ')
}
