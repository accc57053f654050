import type { SiteRules } from '../../settings/settings.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { commandCalls } from '../commands/calls.ts'
import type { IocRule } from '../types.ts'
import type { IsOurs } from './by-place.ts'

/** Commands that scripts of this site must not use: `SITE_COMMAND`. */
export function siteCommands(rules: SiteRules['forbiddenCommands'], isOurs: IsOurs): IocRule {
  const byName = new Map(rules.map((rule) => [rule.key.text, rule]))
  return function* ({ outcome }) {
    for (const { call } of commandCalls(outcome)) {
      const rule = byName.get(call.name)
      if (!rule || !outcome) continue
      const at = outcome.places.of(call.line, call.words[0])
      if (!isOurs(scriptOf(at))) continue
      const message = `the command "${call.name}" is not allowed on this site: ${rule.value.text}`
      yield diagnostic('SITE_COMMAND', message, {
        at,
        notes: [{ message: 'it is forbidden here', at: rule.key.at }],
        hint: 'remove the line, or ask who keeps the rules',
      })
    }
  }
}

/** The script in which a command is written, also as an argument of `iocshRun` or `afterInit`. */
function scriptOf(at: Span): string {
  let place = at
  while (place.from && /^<.*>$/s.test(place.source.name)) place = place.from.at
  return place.source.name
}
