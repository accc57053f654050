import type { SiteRules } from '../../settings/settings.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import { commandCalls } from '../commands/calls.ts'
import type { IocRule } from '../types.ts'
import type { IsOurs } from './by-place.ts'

/** Commands that scripts of this site must not use: `SITE_COMMAND`. */
export function siteCommands(rules: SiteRules['forbiddenCommands'], isOurs: IsOurs): IocRule {
  const byName = new Map(rules.map((rule) => [rule.key.text, rule]))
  return function* ({ outcome }) {
    for (const { call } of commandCalls(outcome)) {
      const rule = byName.get(call.name)
      if (!rule || !outcome || !isOurs(call.line.run.source.name)) continue
      const message = `the command "${call.name}" is not allowed on this site: ${rule.value.text}`
      yield diagnostic('SITE_COMMAND', message, {
        at: outcome.places.of(call.line, call.words[0]),
        notes: [{ message: 'it is forbidden here', at: rule.key.at }],
        hint: 'remove the line, or ask who keeps the rules',
      })
    }
  }
}
