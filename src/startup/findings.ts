import { subjectOf } from '../macro/problem-words.ts'
import type { MacroProblem } from '../macro/types.ts'
import { inRaw, placeIn } from '../shell/place.ts'
import type { ScriptLine, ShellProblem } from '../shell/types.ts'
import { type Diagnostic, diagnostic, type TextEdit } from '../text/diagnostic.ts'
import { nearWordFix, placeOfText } from '../text/fix.ts'
import { baseName, directoryOf } from '../text/paths.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import { formatPlace, type Span } from '../text/span.ts'
import { didYouMean } from '../text/suggest.ts'
import { isEnvironmentFile } from './file-types.ts'
import { type MissingFile, nearFiles } from './find-file.ts'
import { followPath } from './follow-path.ts'
import { placesIn } from './place.ts'
import type { Unreadable } from './source-reader.ts'
import { isRequireLine, isUnsure, loseVariable } from './walk-state.ts'
import type { WalkState } from './walk-types.ts'

/** A script that cannot be read: with near names if it is missing. */
export function unreadableScript(
  path: string,
  { line, outcome, state }: { line: ScriptLine; outcome: Unreadable; state: WalkState },
): Diagnostic[] {
  if (isUnsure(state, line)) return []
  const at = placesIn(state.input.parts).of(line)
  if (path === '') {
    const hint = 'look at what makes the name, as a macro without a value'
    return [diagnostic('FILE_NOT_FOUND', 'the name of the script is empty', { at, hint })]
  }
  const absolute = followPath(state.cwd, path, state.input.reader)
  if (!outcome.isMissing) {
    const message = `cannot read the script "${path}": ${outcome.reason}`
    return [
      diagnostic('FILE_UNREADABLE', message, {
        at,
        hint: `look at it: ls -ld ${quoteShellWord(absolute)}`,
      }),
    ]
  }
  const directory = directoryOf(absolute)
  if (isEnvironmentFile(path)) state.lostEnvironment = environmentOf(absolute)
  return [
    diagnostic('FILE_NOT_FOUND', `there is no script "${path}"`, {
      at,
      notes: [{ message: `searched: ${directory}` }],
      ...remedyOf(
        { name: baseName(absolute), searched: [directory], at: placeOfText(path, at) },
        state,
      ),
      severity: state.mayCreateFiles || state.created.has(absolute) ? 'warning' : 'error',
      absent: path,
      cause: isEnvironmentFile(path) ? environmentOf(absolute) : absolute,
    }),
  ]
}

/** One build makes these files of all IOCs of a tree, which have their folders side by side. */
function environmentOf(path: string): string {
  return `${directoryOf(directoryOf(path))}:${baseName(path)}`
}

function remedyOf(missing: MissingFile, { input }: WalkState): ReturnType<typeof nearFiles> {
  const isMade = isEnvironmentFile(missing.name)
  if (!isMade) return nearFiles(missing, input.reader)
  return {
    hint: `the build of the IOC makes it: make -C ${quoteShellWord(missing.searched[0] ?? '.')}`,
  }
}

/** What is wrong with the macros of a line. */
export function lineFindings(line: ScriptLine, state: WalkState): Diagnostic[] {
  const { expansion } = line
  if (!expansion) return joinedComment(line, state)
  if (expansion.problems.length === 0) return []
  if (expansion.ok) return expansion.problems.map((problem) => cutFinding(problem, line, state))
  if (/^[\s(),]*cd(?=[\s(),]|$)/.test(line.raw)) state.isLost = true
  const isRequire = isRequireLine(line.raw)
  return expansion.problems
    .filter(({ kind, name }) => kind !== 'cut' && (isRequire || !state.lost.has(name)))
    .map((problem) => macroFinding(problem, { line, state, isRequire }))
    .filter((found) => isRequire || !state.input.incomplete || found.severity !== 'error')
}

/** A command in the next line; text that is indented was meant to be a part of the comment. */
function joinedComment(line: ScriptLine, { input }: WalkState): Diagnostic[] {
  const { raw, joints = [] } = line
  if (!joints.some((joint) => /[A-Za-z<]/.test(raw.charAt(joint)))) return []
  const message = 'the comment ends in a backslash: the IOC takes the next line as a part of it'
  const at = placesIn(input.parts).of(line)
  const hint = 'remove the backslash'
  return [diagnostic('SHELL_SYNTAX', message, { at, hint, severity: 'warning' })]
}

interface LineContext {
  readonly line: ScriptLine
  readonly state: WalkState
  readonly isRequire: boolean
}

/** The IOC would skip the line and go on without what it loads. */
function macroFinding(problem: MacroProblem, { line, state, isRequire }: LineContext): Diagnostic {
  const { name, kind, within } = problem
  const at = placesIn(state.input.parts).shown(inRaw(line, problem.start, problem.end))
  // A macro that is there, but recursive, is not meant by its own name.
  const known = [...state.shell.environment.keys()].filter((one) => one !== name)
  const through =
    within === undefined || within === name ? '' : `, which the value of ${within} uses,`
  const subject = `${subjectOf(problem)}${through}`
  const what = kind === 'endless' ? 'grows or nests without end' : `is ${kind}`
  const effect = 'the IOC would skip this line'
  if (isRequire) {
    const message = `what this line requires cannot be known before the start: ${subject} ${what}`
    const lost = state.lost.get(name)
    const hint = lost
      ? `see to ${formatPlace(lost)} first, which would set it`
      : (didYouMean(name, known) ??
        `set ${name} with epicsEnvSet in front of the line, or write its value here`)
    return diagnostic('REQUIRE_UNKNOWN', message, { at, hint })
  }
  const module = moduleOfVariable(name, state)
  return diagnostic(
    kind === 'undefined' ? 'MACRO_UNDEFINED' : 'MACRO_RECURSIVE',
    `${subject} ${what}: ${effect}`,
    {
      at,
      hint:
        (name === '' ? 'write the value that is meant' : undefined) ??
        (module && `require ${module} in front of this line`) ??
        didYouMean(name, known) ??
        `give a value: epicsEnvSet ${name} …, or a default: $(${name}=…)`,
      fixes: module ? [] : nearVariable(problem, at, state),
      severity: mayHaveValue(name, state) ? 'warning' : 'error',
      cause: state.lostEnvironment && !module ? `${state.lostEnvironment}:${name}` : undefined,
    },
  )
}

/** Whether a line with a macro problem may be whole in the IOC, of which only a warning tells. */
export function mayExpand({ raw, expansion }: ScriptLine, state: WalkState): boolean {
  const problems = expansion?.problems.filter(({ kind }) => kind !== 'cut') ?? []
  return !isRequireLine(raw) && problems.every(({ name }) => mayHaveValue(name, state))
}

/** Whether a command that is not known may have set a variable. */
function mayHaveValue(name: string, state: WalkState): boolean {
  return state.maySetVariables && moduleOfVariable(name, state) === undefined
}

/**
 * The one variable with a near name, if a script sets it: what the user has in the environment is
 * another thing on each machine.
 */
function nearVariable(
  { name, within }: MacroProblem,
  at: Span,
  { input, shell, maySetVariables }: WalkState,
): TextEdit[] {
  if (within !== undefined || maySetVariables || name === '') return []
  const fixes = nearWordFix(name, shell.environment.keys(), placeOfText(name, at))
  return fixes.filter(({ replacement }) => !input.environment.has(replacement))
}

/**
 * Only require sets these variables, whatever other commands do. Where nothing is required,
 * `CALIB_DIR` is a name of the site: names of modules are not in capitals only.
 */
function moduleOfVariable(name: string, { requests }: WalkState): string | undefined {
  const module = /^(\w+)_(DIR|DB|TEMPLATES|VERSION)$/.exec(name)?.[1]
  return module && (requests.length > 0 || /[a-z]/.test(module)) ? module : undefined
}

function cutFinding(
  { name, start, end }: MacroProblem,
  line: ScriptLine,
  state: WalkState,
): Diagnostic {
  const message = `macro ${name} is longer than 256 bytes: the IOC would cut it`
  return diagnostic('MACRO_CUT', message, {
    at: placesIn(state.input.parts).shown(inRaw(line, start, end)),
  })
}

const syntaxProblems: Readonly<Record<string, string>> = {
  'unbalanced-quote': 'a quote is never closed',
  'trailing-backslash': 'the line ends in a backslash',
  'illegal-redirection': 'the redirection has no file',
  'bad-macros': 'the macro definitions cannot be read',
}

/** What the shell itself complains about. */
export function problemFinding(problem: ShellProblem, state: WalkState): Diagnostic[] {
  const { line, start, end } = problem
  const at = placesIn(state.input.parts).shown(placeIn(line, start, end))
  const syntax = syntaxProblems[problem.kind]
  if (syntax) {
    loseVariable(line, state)
    const message = `${syntax}: the IOC would skip this line`
    return [diagnostic('SHELL_SYNTAX', message, { at })]
  }
  switch (problem.kind) {
    case 'no-command': {
      const message = 'the line has no command: the IOC ends the script here'
      const hint = 'remove the line, or begin it with #'
      return [diagnostic('SHELL_SYNTAX', message, { at, hint, severity: 'warning' })]
    }
    case 'too-deep':
    case 'too-many-scripts': {
      const message = `scripts load each other without end: ${problem.name}`
      return [diagnostic('SCRIPT_LOOP', message, { at, hint: 'remove one of these lines' })]
    }
    case 'too-much-text': {
      const message = 'macros make ever more text: nothing is looked at from here on'
      const hint = 'look for scripts that load each other, and for values that grow each time'
      return [diagnostic('SCRIPT_LOOP', message, { at, hint })]
    }
    case 'missing-argument':
    case 'wrong-usage': {
      const command = /^[\s(),]*([^\s(),]*)/.exec(line.text)?.[1] ?? ''
      const message = `${command} is not used as it should be: the IOC would print its usage`
      const hint = problem.kind === 'wrong-usage' ? problem.name : `give the ${problem.name}`
      return [diagnostic('SHELL_USAGE', message, { at, hint })]
    }
    default:
      return []
  }
}
