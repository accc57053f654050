import { codes } from '../text/codes.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import { didYouMean } from '../text/suggest.ts'
import type { NamingRule, Settings, SeverityRule } from './settings.ts'

/**
 * Looks at what no single value shows. Rules for severities with a mistake are left out: an error
 * must not disappear by accident.
 *
 * Errors: `SETTINGS_KEY`, `SETTINGS_VALUE`.
 */
export function checkSettings(settings: Settings): Result<Settings> {
  const diagnostics: Diagnostic[] = [
    ...sameNames(settings),
    ...settings.rules.naming.flatMap(unknownParts),
  ]
  const severities = settings.severities.filter((rule) => {
    const problem = severityProblem(rule)
    if (problem) diagnostics.push(problem)
    return !problem
  })
  return { value: { ...settings, severities }, diagnostics }
}

function sameNames({ iocs }: Settings): Diagnostic[] {
  const first = new Map<string, Settings['iocs'][number]>()
  return iocs.flatMap((ioc) => {
    const { text, at } = ioc.name
    const before = first.get(text)
    first.set(text, before ?? ioc)
    if (!before) return []
    const notes = [{ message: 'the other one', at: before.name.at }]
    return [diagnostic('SETTINGS_VALUE', `two IOCs have the name "${text}"`, { at, notes })]
  })
}

function unknownParts({ pattern, parts }: NamingRule): Diagnostic[] {
  const known = pattern.pattern.parts
  return parts.flatMap(({ key: { text, at } }) => {
    if (known.includes(text)) return []
    const message = `the pattern has no part "${text}"`
    const hint = didYouMean(text, known) ?? `name a part of the pattern: (?<${text}>...)`
    return [diagnostic('SETTINGS_KEY', message, { at, hint })]
  })
}

function severityProblem(rule: SeverityRule): Diagnostic | undefined {
  const { at, severity } = rule
  if (rule.codes.length === 0 && rule.paths.length === 0) {
    const message = 'this severity is for no code and no path'
    const hint = 'add code: or path:, for example path: "**"'
    return diagnostic('SETTINGS_KEY', message, { at, hint })
  }
  const lowered = rule.codes.find(({ text }) => isError(text))
  if (rule.reason || severity === 'error' || (rule.codes.length > 0 && !lowered)) return undefined
  const what = lowered ? lowered.text : 'a code that is an error'
  return diagnostic('SETTINGS_KEY', `${what} is lowered to ${severity} without a reason`, {
    at: lowered?.at ?? at,
    notes: [{ message: 'the IOC fails on errors, so somebody will ask why it is none here' }],
    hint: 'add the key reason: with a sentence',
  })
}

function isError(code: string): boolean {
  return Object.hasOwn(codes, code) && codes[code as keyof typeof codes] === 'error'
}
