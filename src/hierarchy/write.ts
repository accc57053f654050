import type { Evaluator } from './evaluate.ts'
import { childOf, type Instance } from './instance.ts'
import type { Frame, OriginLog } from './origins.ts'
import type { Template, TextItem } from './template.ts'

export interface MarkerOptions {
  /** `# expand("file", instance)` and `# end (instance)` around instances; on if nothing is said. */
  readonly markers?: boolean | undefined
  /** Files below this folder are shown with their path from there. */
  readonly relativeTo?: string | undefined
  /** Gets what is known about where each text was written. */
  readonly log?: OriginLog | undefined
}

/** Pieces are about this long. */
const chunkLength = 65_536

/**
 * The flat text of an instance, in the order of the files (design document, section 3). An instance
 * forgets its parts when it is written: values that are wanted later are with those who want them.
 */
export function writeFlat(
  top: Instance,
  evaluator: Evaluator,
  options: MarkerOptions,
): readonly string[] {
  const pieces: string[] = []
  let chunk = ''
  // Each text begins with a line end; the first one is left out.
  let length = -1
  const probed = new Set<Template>()
  const frame: Frame = { expand: undefined, parent: undefined, instance: top }
  const stack = [{ instance: top, frame, next: 0, name: '' }]
  for (let step = stack.at(-1); step; step = stack.at(-1)) {
    const { instance, frame } = step
    if (step.next === 0) probeParts(instance, evaluator, probed)
    const item = instance.template.items[step.next]
    step.next += 1
    if (!item) {
      stack.pop()
      instance.children.clear()
      if (instance.expand) chunk += markerOf(options, `end (${step.name})`)
    } else if (item.kind === 'text') {
      note(options.log, { item, frame, start: length + chunk.length })
      chunk += evaluator.text(item.pieces, instance)
    } else {
      const child = childOf(instance, item.instance)
      if (!child) continue
      const name = evaluator.text(item.marker, instance)
      chunk += markerOf(options, `expand("${shownPath(child.template, options)}", ${name})`)
      stack.push({ instance: child, frame: { expand: item, parent: frame }, next: 0, name })
    }
    if (chunk.length < chunkLength) continue
    pieces.push(chunk)
    length += chunk.length
    chunk = ''
  }
  pieces.push(chunk)
  const [first = ''] = pieces
  return [first.replace(/^\n/, ''), ...pieces.slice(1)]
}

function note(
  log: OriginLog | undefined,
  { item, frame, start }: { item: TextItem; frame: Frame; start: number },
): void {
  log?.starts.push(start)
  log?.items.push(item)
  log?.frames.push(frame)
}

/** Loops are between the parts of one template, so its first instance shows them all. */
function probeParts(instance: Instance, evaluator: Evaluator, probed: Set<Template>): void {
  const { template } = instance
  if (probed.has(template)) return
  probed.add(template)
  for (const name of template.instances.keys()) {
    const child = childOf(instance, name)
    if (child) evaluator.probe(child)
  }
}

function markerOf({ markers = true }: MarkerOptions, text: string): string {
  return markers ? `\n# ${text}\n` : ''
}

function shownPath({ path }: Template, { relativeTo }: MarkerOptions): string {
  return relativeTo !== undefined && path.startsWith(`${relativeTo}/`)
    ? path.slice(relativeTo.length + 1)
    : path
}
