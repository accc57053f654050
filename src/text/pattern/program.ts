import type { CharacterTest } from './character-set.ts'
import type { Node, Repeat } from './syntax.ts'

/** Steps of a pattern. A `fork` tries `first`, then `second`. */
export type Step =
  | { readonly kind: 'set'; readonly test: CharacterTest }
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'start' | 'end' | 'match' }

export interface Program {
  readonly steps: readonly Step[]
  /** Names of the groups; group n saves its ends in the slots 2n and 2n+1. */
  readonly groups: readonly string[]
}

/** Longer programs come from repetitions of repetitions. */
const longest = 1000

/** The steps of a pattern; undefined if there would be more than a thousand. */
export function compile(root: Node): Program | undefined {
  if (lengthOf(root) > longest) return undefined
  const program = { steps: [] as Step[], groups: [] as string[] }
  emit(root, program)
  program.steps.push({ kind: 'match' })
  return program
}

/** How many steps become of a node, repetitions written out. */
function lengthOf(node: Node): number {
  switch (node.kind) {
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + lengthOf(part), 0)
    case 'choice':
      return node.parts.reduce((sum, part) => sum + lengthOf(part) + 2, 0)
    case 'group':
      return lengthOf(node.of) + 2
    case 'repeat':
      return (
        (lengthOf(node.of) + 2) * Math.max(1, Number.isFinite(node.max) ? node.max : node.min + 1)
      )
    default:
      return 1
  }
}

interface Growing {
  readonly steps: Step[]
  readonly groups: string[]
}

function emit(node: Node, program: Growing): void {
  const { steps, groups } = program
  switch (node.kind) {
    case 'sequence':
      for (const part of node.parts) emit(part, program)
      break
    case 'choice':
      emitChoice(node.parts, program)
      break
    case 'group': {
      const slot = slotOf(node.name, groups)
      steps.push({ kind: 'save', slot })
      emit(node.of, program)
      steps.push({ kind: 'save', slot: slot + 1 })
      break
    }
    case 'repeat':
      emitRepeat(node, program)
      break
    default:
      steps.push(node)
  }
}

/** A group that is written out several times is one part: its last text counts, as in JavaScript. */
function slotOf(name: string, groups: string[]): number {
  const known = groups.indexOf(name)
  return 2 * (known >= 0 ? known : groups.push(name) - 1)
}

function emitChoice(parts: readonly Node[], program: Growing): void {
  const { steps } = program
  const jumps: { kind: 'jump'; to: number }[] = []
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      emit(part, program)
      break
    }
    const fork = { kind: 'fork' as const, first: steps.length + 1, second: 0 }
    const jump = { kind: 'jump' as const, to: 0 }
    steps.push(fork)
    emit(part, program)
    steps.push(jump)
    jumps.push(jump)
    fork.second = steps.length
  }
  for (const jump of jumps) jump.to = steps.length
}

function emitRepeat({ of, min, max, isLazy }: Repeat, program: Growing): void {
  const { steps } = program
  for (let count = 0; count < min; count++) emit(of, program)
  if (!Number.isFinite(max)) {
    const loop = steps.length
    const leave = emitOptional(of, program, isLazy)
    steps.push({ kind: 'jump', to: loop })
    leave(steps.length)
    return
  }
  const leaves: ((to: number) => void)[] = []
  for (let count = min; count < max; count++) leaves.push(emitOptional(of, program, isLazy))
  for (const leave of leaves) leave(steps.length)
}

/** A fork into the node or past it; where that is, is said later. */
function emitOptional(of: Node, program: Growing, isLazy: boolean): (to: number) => void {
  const { steps } = program
  const inside = steps.length + 1
  const fork = { kind: 'fork' as const, first: inside, second: inside }
  steps.push(fork)
  emit(of, program)
  return (to) => {
    if (isLazy) fork.first = to
    else fork.second = to
  }
}
