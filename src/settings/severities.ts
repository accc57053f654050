import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { formatPlace } from '../text/span.ts'
import { type Scope, scopeOf } from './scope.ts'
import type { Settings, SeverityRule } from './settings.ts'
import type { Written } from './shape.ts'

/** What has been looked at. */
export interface Looked {
  /** Where relative names of sources start. */
  readonly cwd: string
  /** Names of all files that were read. */
  readonly files?: readonly string[]
  /**
   * All that the settings are for was looked at; else nothing is said about rules that changed
   * nothing.
   */
  readonly isComplete?: boolean
}

/**
 * Diagnostics as the settings want them: those in ignored files and those that are off are left
 * out, others get the severity of the last rule that fits. Messages about the settings stay.
 *
 * Adds `SEVERITY_UNUSED` for codes of rules that fit nothing though they could have.
 */
export function applySeverities(
  diagnostics: readonly Diagnostic[],
  settings: Settings,
  { cwd, files = [], isComplete = false }: Looked,
): Diagnostic[] {
  const scope = scopeOf(settings, cwd)
  const judge: Judge = { scope, rules: settings.severities, used: new Set(), known: new Map() }
  const changed = diagnostics.flatMap((item) => applied(item, judge))
  const unused = settings.severities.flatMap((rule) => {
    const could = rule.paths.length === 0 || files.some((name) => scope.matches(rule.paths, name))
    return isComplete && could ? unusedParts(rule, judge) : []
  })
  return [...changed, ...unused.flatMap((item) => applied(item, judge))]
}

/** A rule makes errors; messages about rules of the site (`SITE_...`) do not count. */
export function raisesFindings({ severities }: Settings): boolean {
  return severities.some(
    ({ severity, codes }) =>
      severity === 'error' &&
      (codes.length === 0 || codes.some(({ text }) => !text.startsWith('SITE_'))),
  )
}

interface Judge {
  readonly scope: Scope
  readonly rules: readonly SeverityRule[]
  /** Rules for all codes, and codes of other rules, that fitted something. */
  readonly used: Set<SeverityRule | Written>
  /** By code and file: messages come by the thousand. */
  readonly known: Map<string, SeverityRule['severity'] | undefined>
}

function applied(item: Diagnostic, judge: Judge): Diagnostic[] {
  if (item.code.startsWith('SETTINGS_')) return [item]
  const severity = severityOf(item.code, item.at?.source.name ?? '', judge)
  if (severity === 'off') return []
  return [severity === undefined || severity === item.severity ? item : { ...item, severity }]
}

/** Undefined if nothing changes. */
function severityOf(
  code: string,
  file: string,
  judge: Judge,
): SeverityRule['severity'] | undefined {
  const key = `${code} ${file}`
  if (judge.known.has(key)) return judge.known.get(key)
  const rule = judge.rules.filter((one) => fits(one, { code, file, judge })).at(-1)
  const severity = judge.scope.isIgnored(file) ? 'off' : rule?.severity
  judge.known.set(key, severity)
  return severity
}

function fits(
  rule: SeverityRule,
  { code, file, judge }: { code: string; file: string; judge: Judge },
): boolean {
  const found = rule.codes.length === 0 ? rule : rule.codes.find(({ text }) => text === code)
  if (!found) return false
  if (rule.paths.length > 0 && !judge.scope.matches(rule.paths, file)) return false
  judge.used.add(found)
  return true
}

function unusedParts(rule: SeverityRule, { used }: Judge): Diagnostic[] {
  if (rule.codes.length > 0) {
    return rule.codes
      .filter((code) => !used.has(code))
      .map((code) => unusedSeverity(code, `no message has the code ${code.text} here`))
  }
  const [path] = rule.paths
  return used.has(rule) || !path ? [] : [unusedSeverity(path, 'no message is in these files')]
}

function unusedSeverity({ at }: Written, what: string): Diagnostic {
  const hint = `remove it from ${formatPlace(at)}`
  return diagnostic('SEVERITY_UNUSED', `${what}: the severity is not needed`, { at, hint })
}
