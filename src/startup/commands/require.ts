import { newModules } from '../../modules/load-order.ts'
import { requestOf } from '../../modules/module-request.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import type { CommandCall, Redirection, ScriptLine } from '../../shell/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { LoadStep } from '../edit.ts'
import { moduleSettings, type Setting } from '../module-environment.ts'
import { placesIn } from '../place.ts'
import { edit, ownRedirections } from '../walk-state.ts'
import type { CommandHandler, WalkState } from '../walk-types.ts'
import { doubtOf } from '../written-scripts.ts'

/**
 * `require module[,version]`: notes the request; if the module is resolved already, the variables
 * it sets take effect for the lines that follow.
 */
export const requireModule: CommandHandler = (call, state) => {
  const { words, line } = call
  const places = placesIn(state.input.parts)
  const [, module, version = module] = words
  // Module and version: the two words that decide.
  const asked = module && version && { ...module, end: version.end }
  const at = places.of(line, asked)
  const { value: request, diagnostics } = requestOf(
    words.slice(1).map(({ text }) => text),
    at,
  )
  const redirections = ownRedirections(call)
  state.diagnostics.push(...diagnostics, ...misplaced(redirections, call, state))
  if (state.initialised) {
    const message = `require ${module?.text ?? ''} comes after iocInit: modules can be loaded only before it`
    const hint = 'move the line in front of iocInit'
    state.diagnostics.push(diagnostic('REQUIRE_AFTER_INIT', message, { at, hint }))
    return
  }
  if (!request) return edit(state, line, { kind: 'comment' })
  const doubt = doubtOf(line, state)
  if (doubt) state.diagnostics.push(doubt)
  if (state.requests.length === 0) state.diagnostics.push(...latePaths(state, at))
  state.requests.push(request)
  const steps = loadSteps(request.module, call, state)
  const place = places.label(line)
  const hasErrorMode = isErrorModeSet(line, state)
  edit(state, line, { kind: 'require', request, steps, redirections, place, hasErrorMode })
}

/**
 * iocsh.cpp: `on error` holds for the script that says it, and commands of `iocshRun` end at errors
 * anyway. The parts of the command line become one script.
 */
function isErrorModeSet({ run }: ScriptLine, { events }: WalkState): boolean {
  if (run.kind === 'iocshRun' || run.kind === 'iocshCmd') return true
  return events.some((event) => {
    if (event.kind !== 'command' || event.call.name !== 'on') return false
    const other = event.call.line.run
    return other === run || (!run.parent && !other.parent)
  })
}

/**
 * Redirections that cannot be meant: `require asyn>=4.42.0`, which is for the shell `asyn` and a
 * file named `=4.42.0`; input, as require reads none; any of `-r`, which names a module and no more.
 */
function misplaced(
  [first]: readonly Redirection[],
  { words: [, module], line }: CommandCall,
  { input: { parts } }: WalkState,
): Diagnostic[] {
  if (!first) return []
  const { mode, file } = first
  const isComparison = /^[=\d]/.test(file.text)
  const isArgument = parts.some((part) => part.isRequest && part.source === line.run.source)
  if (!isComparison && !isArgument && mode !== 'read') return []
  const sign = mode === 'read' ? '<' : '>'
  const reason = isComparison
    ? 'a version cannot be compared with another'
    : isArgument
      ? '-r takes a module and its version'
      : 'require reads no input'
  const message = `"${sign}${file.text}" is a redirection: ${reason}`
  const name = module?.text ?? '<module>'
  const hint = isComparison
    ? `write the one that you want: require ${name},<version>`
    : `leave it out: ${isArgument ? '-r' : 'require'} ${name}`
  const at = placesIn(parts).of(line, file)
  return [diagnostic('REQUIRE_MALFORMED', message, { at, hint })]
}

/** Modules are searched once for all, before the IOC sets anything. */
function latePaths({ shell, input }: WalkState, at: Span): Diagnostic[] {
  return ['EPICS_DRIVER_PATH', 'E3_SITEMODS_PATH'].flatMap((name) => {
    const value = shell.environment.get(name)
    if (!value || value === input.environment.get(name)) return []
    const message = `${name} is set in the IOC, after modules were searched`
    const words = value.split(':').filter(Boolean).reverse()
    const hint = `give the directory to iocsh: ${words.map((word) => `-l ${word}`).join(' ')}`
    const severity = input.incomplete ? 'error' : 'warning'
    return [diagnostic('MODULE_PATH_TOO_LATE', message, { at, hint, severity })]
  })
}

/** The modules that are new at this place, dependencies first, with the settings of each. */
function loadSteps(name: string, call: CommandCall, state: WalkState): LoadStep[] {
  const loaded = new Set(state.loaded.map((module) => module.name))
  const steps = newModules(state.input.modules, name, loaded).map((module) => {
    state.loaded.push(module)
    state.events.push({ kind: 'module', module, call })
    return { module, isNew: true, settings: applySettings(module, state) }
  })
  const again = loaded.has(name) && state.loaded.find((module) => module.name === name)
  return again ? [{ module: again, isNew: false, settings: applySettings(again, state) }] : steps
}

function applySettings(module: ResolvedModule, state: WalkState): Setting[] {
  const settings = moduleSettings(
    { ...module, version: module.version.text },
    state.shell.environment,
    {
      loaded: new Set(state.loaded.map(({ name }) => name)),
      initialTemplates: state.input.environment.get('TEMPLATES'),
    },
  )
  const { environment } = state.shell
  const changes = settings.filter(([variable, value]) => environment.get(variable) !== value)
  for (const [variable, value] of changes) state.shell.setEnvironment(variable, value)
  return changes
}
