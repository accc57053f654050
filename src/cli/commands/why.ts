import { Command } from 'commander'
import { createSourceReader } from '../../host/source-reader.ts'
import type { ModuleRequest } from '../../modules/module-request.ts'
import { parseRequest } from '../../modules/module-request.ts'
import { resolve } from '../../modules/resolve.ts'
import { type WhyQuestion, whyLines, whyNotLine } from '../../modules/why.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { compareVersions } from '../../version/order.ts'
import { moduleErrors } from '../check/about-modules.ts'
import { repeatable } from '../check/input-options.ts'
import { findInputs, readWords } from '../check/inputs.ts'
import { surveyTarget } from '../check/session.ts'
import { withSettings } from '../check/site-settings.ts'
import { targetsOf } from '../check/targets.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { lockChoice } from '../lock/find-lock.ts'
import { type OpenedSite, openSite, type TreeOptions } from '../tree/open-site.ts'

/** `e3 why`: why this version. */
export function whyCommand(context: CliContext): Command {
  return new Command('why')
    .description('say why a version of a module is loaded, and another one is not')
    .argument('<module[,version]>', 'the module; with a version: why not this one')
    .argument('[words...]', 'the startup script of the IOC, with its macros NAME=VALUE')
    .addOption(repeatable('-r, --require <module[,version]>', 'a module for the IOC'))
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to look with; see also "e3 base"')
    .option('--no-lock', 'as if the startup script had no lock beside it')
    .addHelpText('after', examples)
    .action((word: string, words: string[], options: WhyOptions) =>
      context.finish(why(word, words, { options, context })),
    )
}

interface WhyOptions extends TreeOptions {
  readonly require: readonly string[]
  readonly lock: boolean
}

interface Asking {
  readonly options: WhyOptions
  readonly context: CliContext
}

async function why(
  word: string,
  words: readonly string[],
  { options, context }: Asking,
): Promise<CommandResult> {
  const asked = parseRequest(word)
  if (!asked.value) return { diagnostics: asked.diagnostics, exitCode: exitCodes.usage }
  const opened = openSite('e3 why', options, context)
  const { site, isUnusable } = opened.value
  if (isUnusable || site.roots.length === 0) {
    return { diagnostics: opened.diagnostics, exitCode: exitCodes.environment }
  }
  const { module: name, version } = asked.value
  const alone = words.length === 0 && options.require.length === 0
  const loaded = alone
    ? loadedFor([{ module: name, version: { kind: 'any' } }], opened.value)
    : await loadedBy(words, opened.value, { options, context })
  const diagnostics = [...opened.diagnostics, ...loaded.diagnostics]
  const module = loaded.modules.find((one) => one.name === name)
  if (!module) {
    return { diagnostics: hasErrors(diagnostics) ? diagnostics : [...diagnostics, notLoaded(name)] }
  }
  const question: WhyQuestion = { ...loaded, module, site }
  const isOther = version.kind === 'named' && compareVersions(version.version, module.version) !== 0
  const lines = [...whyLines(question), ...(isOther ? [whyNotLine(question, version.version)] : [])]
  return { output: [...new Set(lines)].join('\n'), diagnostics }
}

type Loaded = Pick<WhyQuestion, 'modules' | 'requests'> & {
  readonly diagnostics: readonly Diagnostic[]
}

function loadedFor(requests: readonly ModuleRequest[], { site }: OpenedSite): Loaded {
  const { modules, diagnostics } = resolve(requests, site)
  return { modules, requests, diagnostics: diagnostics.filter(isError) }
}

/** As the IOC would start; only what is wrong with its modules is told. */
async function loadedBy(
  words: readonly string[],
  session: OpenedSite,
  { options, context }: Asking,
): Promise<Loaded> {
  const { cwd, env } = context
  const read = readWords({ command: 'e3 why', words, ...options })
  const inputs = await findInputs(read, { cwd })
  const files = withSettings(inputs.files, session.settings, cwd)
  const targets = targetsOf(files, {
    ...{ cwd, env, settings: session.settings, startsInFolder: false },
    requires: read.requires,
    reader: createSourceReader(cwd),
    lock: lockChoice(options.lock),
  })
  const problems = [...read.diagnostics, ...inputs.diagnostics].filter(isError)
  const [target] = targets
  if (!target) {
    const requests = options.require.flatMap((text) => parseRequest(text).value ?? [])
    const loaded = loadedFor(requests, session)
    return { ...loaded, diagnostics: [...problems, ...loaded.diagnostics] }
  }
  const surveyed = surveyTarget(target, session, createSourceReader(cwd))
  const { requests, resolution, diagnostics } = surveyed
  const own = moduleErrors(diagnostics)
  return { modules: resolution.modules, requests, diagnostics: [...problems, ...own] }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

function notLoaded(name: string): Diagnostic {
  const message = `${name} is not loaded: nothing asks for it`
  return diagnostic('NOTHING_FOUND', message, {
    hint: 'name the script that requires it: e3 why <module> st.cmd',
  })
}

const examples = `
Prints the version that is loaded and where it is, who asks for it, up to the line of the script, and why
higher versions are not taken. Without a script: as if the module alone were required.

Exit status: 0 fine, 1 it is not loaded, or modules contradict each other, 2 wrong usage, 3 no module
tree is known.

Examples:
  e3 why asyn st.cmd
  e3 why asyn,4.43.0 st.cmd                why not this one?
  e3 why asyn -r stream,2.8.22`
