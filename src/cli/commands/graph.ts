import { Command, Option } from 'commander'
import { dotOf } from '../../hierarchy/graph/dot.ts'
import { type HierarchyGraph, hierarchyGraph } from '../../hierarchy/graph/graph.ts'
import { jsonOf } from '../../hierarchy/graph/json.ts'
import { mermaidOf } from '../../hierarchy/graph/mermaid.ts'
import { svgOf } from '../../hierarchy/graph/svg.ts'
import { openHierarchy } from '../../hierarchy/open.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { repeatable } from '../check/input-options.ts'
import type { CliContext, CommandResult } from '../context.ts'
import { macrosOf, openTop } from '../flatten/job.ts'
import { writeTo } from '../flatten/write.ts'
import { positiveInteger } from '../option-values.ts'
import { macroProblem } from './flatten.ts'

const graphFormats = ['svg', 'dot', 'mermaid', 'json'] as const
type GraphFormat = (typeof graphFormats)[number]

interface GraphOptions {
  readonly output?: string
  readonly format: GraphFormat
  readonly depth?: number
  readonly limit?: number
  readonly macro: readonly string[]
  readonly globalMacros?: boolean
  readonly stdinName?: string
}

/** `e3 graph`: a hierarchical database as a picture. */
export function graphCommand(context: CliContext): Command {
  return new Command('graph')
    .description('draw a hierarchical database (.vdb): instances, ports, what they lead to')
    .usage('[options] <file | ->')
    .argument('<file>', 'a hierarchical database; - is standard input')
    .option('-o, --output <file>', 'write to this file, if there are no errors')
    .addOption(
      new Option('--format <format>', 'what is written').choices(graphFormats).default('svg'),
    )
    .addOption(number('--depth <levels>', 'show so many levels of instances'))
    .addOption(number('--limit <instances>', 'show so many instances; default 300, json 100,000'))
    .addOption(repeatable('--macro <name=value>', 'a macro of the file', macroProblem))
    .option('--global-macros', 'templates see the macros of all templates around them')
    .option('--stdin-name <file>', 'what standard input (-) is called')
    .addHelpText('after', examples)
    .action((file: string, options: GraphOptions) => context.finish(run(file, options, context)))
}

async function run(
  name: string,
  options: GraphOptions,
  context: CliContext,
): Promise<CommandResult> {
  const { cwd, env } = context
  const files = createSourceReader(cwd)
  const top = openTop(name, { cwd, files, stdinName: options.stdinName })
  if (!('path' in top)) return { diagnostics: [top] }
  const diagnostics: Diagnostic[] = []
  const { hierarchy } = openHierarchy(
    {
      ...{ top, files, roots: { cwd, includePath: env['EPICS_DB_INCLUDE_PATH'] } },
      ...{ macros: macrosOf(options.macro), options: { globalMacros: options.globalMacros } },
    },
    diagnostics,
  )
  if (!hierarchy || hasErrors(diagnostics)) return { diagnostics }
  const { format, depth, output } = options
  const graph = hierarchyGraph(hierarchy, { depth, limit: limitOf(options) })
  if (hasErrors(diagnostics)) return { diagnostics }
  diagnostics.push(...notShown(graph, options))
  const pieces = drawn[format](graph)
  if (output === undefined) return { pieces, diagnostics }
  return writeTo(output, { pieces, encoding: 'utf8', diagnostics }, context)
}

const drawn: Readonly<Record<GraphFormat, (graph: HierarchyGraph) => Iterable<string>>> = {
  ...{ svg: svgOf, dot: dotOf, mermaid: mermaidOf, json: jsonOf },
}

/** More boxes make a picture that nobody reads; programs have other limits. */
function limitOf({ limit, format }: GraphOptions): number {
  return limit ?? (format === 'json' ? 100_000 : 300)
}

/** Whoever wants to see less by --depth need not be told. */
function notShown({ top, boxes }: HierarchyGraph, options: GraphOptions): Diagnostic[] {
  const { instances } = top.inside
  const shown = boxes.length - 1
  if (shown === instances || options.depth !== undefined) return []
  const message = `${shown} of ${instances} instances are shown; the limit is ${limitOf(options)}`
  const hint = `--limit ${instances} shows all, --depth 1 those of the file itself, e3 graph <template> one of them`
  return [diagnostic('GRAPH_LIMIT', message, { hint })]
}

function number(flags: string, description: string): Option {
  return new Option(flags, description).argParser(positiveInteger)
}

const examples = `
The picture has a box for each instance: its macros on the left, its ports on the right, its records
and instances inside. Lines lead from ports to what uses them, dashed ones from records to the ports
that are made of them. Open it with any web browser; resting on a text shows all of it.

Examples:
  e3 graph slide.vdb -o slide.svg
  e3 graph slide.vdb --macro P=LAB: --depth 1 -o slide.svg
  e3 graph slide.vdb --format dot | dot -Tpdf -o slide.pdf
  e3 graph slide.vdb --format mermaid          for Markdown pages
  e3 graph slide.vdb --format json             for programs`
