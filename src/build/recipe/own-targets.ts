import type { MakefileTexts } from './makefile-texts.ts'

/** A target that e3's build calls, with work of the makefile's own behind it. */
export interface OwnTarget {
  readonly name: (typeof targets)[number]
  /** Who has the work: the makefile of the module, or the wrapper around it, which calls that. */
  readonly level: 'module' | 'wrapper'
}

/** In the order of e3's build (spec of wrappers: targets build and install). */
const targets = ['prebuild', 'vlibs', 'db'] as const

/**
 * The targets `prebuild`, `vlibs` and `db` that do something. Most wrappers have them with nothing
 * behind, or with what e3 does itself: to expand SUBS, to install VENDOR_LIBS.
 */
export function ownTargets([module, ...wrapper]: MakefileTexts): OwnTarget[] {
  return targets.flatMap((name): OwnTarget[] => {
    const has = (text: string): boolean => rulesFor(name, text).some((rule) => hasWork(name, rule))
    if (wrapper.some(({ text }) => has(text))) return [{ name, level: 'wrapper' }]
    return has(module.text) ? [{ name, level: 'module' }] : []
  })
}

interface Rule {
  readonly prerequisites: readonly string[]
  readonly commands: readonly string[]
}

/** The rules of a target in the text of a makefile, as they are written. */
function rulesFor(target: string, text: string): Rule[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines.flatMap((line, index) => {
    const [, names = '', rest = ''] = /^([^\t#:=][^#:=]*?)[ \t]*::?(?![:=])(.*)$/.exec(line) ?? []
    if (!names.trim().split(/\s+/).includes(target)) return []
    const [prerequisites = '', first = ''] = rest.replace(/#.*/, '').split(';', 2)
    const next = lines.findIndex((one, at) => at > index && !/^(\t|\s*(#|$))/.test(one))
    const below = lines.slice(index + 1, next < 0 ? undefined : next)
    const commands = [first, ...below.filter((one) => one.startsWith('\t'))]
    return [{ prerequisites: prerequisites.split(/\s+/).filter(Boolean), commands }]
  })
}

/** What e3 itself makes of these lists. */
const known = /^(conf|\||\$[({](SUBS|TMPS|TEMS|VENDOR_LIBS)[)}])$/

function hasWork(target: string, { prerequisites, commands }: Rule): boolean {
  return (
    prerequisites.some((word) => !known.test(word)) ||
    commands.some((command) => !isIdle(target, command))
  )
}

/** A comment, a message, or the call of the same target of the module. */
function isIdle(target: string, command: string): boolean {
  const words = command.trim().replace(/^([@+-]|\$[({]QUIET[)}]|\s)+/, '')
  if (words === '' || words.startsWith('#') || words === ':' || words === 'true') return true
  if (new RegExp(`^\\$[({]E3_MODULE_MAKE_CMDS[)}]\\s+${target}$`).test(words)) return true
  return /^(echo|printf|\$[({](ECHO|info)\b)[^|;&<>`]*$/.test(words)
}
