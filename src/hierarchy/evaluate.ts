import type { Diagnostic } from '../text/diagnostic.ts'
import { loopFound, tooLong } from './findings.ts'
import { childOf, type Instance, macroIn, type Slot, slotOf } from './instance.ts'
import { shownName } from './names.ts'
import type { Pieces, Reference } from './references.ts'

/** Replaces references; keeps what it finds wrong. */
export interface Evaluator {
  /** A text of the template of this instance, as it is written. */
  text(pieces: Pieces, instance: Instance): string
  /** Computes all that one expand passes down and gets back, to find loops that no record uses. */
  probe(child: Instance): void
}

export interface EvaluatorOptions {
  /** Macros that an expand does not name are those of the instance one level up, and so on. */
  readonly globalMacros?: boolean | undefined
  readonly diagnostics: Diagnostic[]
}

/** A value that is being put together. */
interface Frame {
  readonly pieces: Pieces
  readonly instance: Instance
  readonly isName: boolean
  /** What it is the value of; absent for what is written and for texts inside others. */
  readonly slot: Slot | undefined
  next: number
  text: string
}

/** Who asks for a value. */
interface User {
  readonly raw: string
  readonly stack: readonly Frame[]
  readonly frame: Frame
}

/** Longer values are made by macros that double each other. */
const longestValue = 1_048_576
const longestText = 64 * longestValue

/**
 * Port and macro values are computed once for each instance, when they are first asked for
 * (hierarchy-and-macros.md 1.6): macros in the scope of the template that holds the expand, ports in
 * that of the template which defines them. Values that lead to values are on a stack of our own, so
 * chains may have any length.
 */
export function createEvaluator({
  globalMacros = false,
  diagnostics,
}: EvaluatorOptions): Evaluator {
  return { text, probe }

  function text(pieces: Pieces, instance: Instance): string {
    const known = quickText(pieces, instance)
    if (known !== undefined) return known
    const stack: Frame[] = []
    for (let frame = frameOf(pieces, instance); ; ) {
      const piece = frame.pieces[frame.next]
      frame.next += 1
      if (piece === undefined) {
        const value = finish(frame)
        const outer = stack.pop()
        if (!outer) return value
        outer.text += value
        frame = outer
      } else if (typeof piece === 'string') frame.text += piece
      else {
        const inner = enter(piece, frame, stack)
        if (typeof inner === 'string') frame.text += inner
        else {
          stack.push(frame)
          frame = inner
        }
      }
    }
  }

  /** Where all values are known already, as in nearly all records; undefined if one is not. */
  function quickText(pieces: Pieces, instance: Instance): string | undefined {
    let text = ''
    for (const piece of pieces) {
      const value = typeof piece === 'string' ? piece : quickValue(piece, instance)
      if (value === undefined) return undefined
      text += value
    }
    return text.length > longestText ? undefined : text
  }

  function quickValue(piece: Reference, instance: Instance): string | undefined {
    if (piece.kind === 'name') {
      const name = quickText(piece.pieces, instance)
      return name === undefined ? undefined : shownName(name)
    }
    if (piece.kind !== 'macro') return undefined
    const known = instance.macros.get(piece.name)
    if (known !== undefined) return known
    const isOpen = !globalMacros && !instance.expand?.macros.has(piece.name)
    const [only, ...more] = isOpen ? piece.otherwise : []
    return typeof only === 'string' && more.length === 0 ? only : undefined
  }

  function probe(child: Instance): void {
    const { expand, parent, template } = child
    if (!expand || !parent) return
    for (const [name, { at }] of expand.macros) {
      text([{ kind: 'macro', name, raw: '', at, otherwise: [] }], child)
    }
    for (const [port, { at }] of template.ports) {
      text([{ kind: 'port', instance: expand.instance, port, raw: '', at }], parent)
    }
  }

  /** The text of a reference, or the frame that makes it. */
  function enter(piece: Reference, frame: Frame, stack: readonly Frame[]): string | Frame {
    const { instance } = frame
    switch (piece.kind) {
      case 'prefix':
        return !piece.records || piece.records.has(piece.record ?? '') ? instance.prefix : ''
      case 'name':
        return { ...frameOf(piece.pieces, instance), isName: true }
      case 'macro': {
        const slot = macroIn(instance, piece.name, globalMacros)
        if (typeof slot === 'string') return slot
        if (slot) return valueIn(slot, { raw: piece.raw, stack, frame })
        const [only] = piece.otherwise
        if (piece.otherwise.length === 1 && typeof only === 'string') return only
        return frameOf(piece.otherwise, instance)
      }
      case 'port': {
        const child = childOf(instance, piece.instance)
        const slot = child && slotOf(child, piece.port)
        return slot ? valueIn(slot, { raw: piece.raw, stack, frame }) : piece.raw
      }
    }
  }

  function valueIn(slot: Slot, { raw, stack, frame }: User): string | Frame {
    const known = slot.values.get(slot.name)
    if (known !== undefined) return known
    if (slot.values.has(slot.name)) {
      const slots = [...stack, frame].flatMap((one) => one.slot ?? [])
      diagnostics.push(loopFound(slot, slots))
      return raw
    }
    slot.values.set(slot.name, undefined)
    return { ...frameOf(slot.definition.pieces, slot.scope), slot }
  }

  function finish({ text: value, slot, isName }: Frame): string {
    const isLong = value.length > (slot ? longestValue : longestText)
    if (isLong) diagnostics.push(tooLong(slot))
    const kept = isLong ? '' : value
    slot?.values.set(slot.name, kept)
    return isName ? shownName(kept) : kept
  }
}

function frameOf(pieces: Pieces, instance: Instance): Frame {
  return { pieces, instance, isName: false, slot: undefined, next: 0, text: '' }
}
