import { scopeOf } from '../settings/scope.ts'
import type { Settings } from '../settings/settings.ts'
import { siteCommands } from './site/commands.ts'
import { siteFields } from './site/fields.ts'
import { siteLengths } from './site/lengths.ts'
import { siteNames } from './site/names.ts'
import type { IocRule } from './types.ts'

/**
 * What a site wants of records and scripts beyond what the IOC needs: `rules` of e3.yaml. They are
 * for files in the directory of the settings, unless these say `include-modules`.
 *
 * @param cwd - where relative names of sources start
 */
export function siteRulesOf(settings: Settings, cwd: string): readonly IocRule[] {
  const { naming, requiredFields, lengths, forbiddenCommands, includesModules } = settings.rules
  const { isIgnored, isInside } = scopeOf(settings, cwd)
  const isOurs = includesModules ? (name: string) => !isIgnored(name) : isInside
  return [
    ...(naming.length > 0 ? [siteNames(naming, isOurs)] : []),
    ...(requiredFields.length > 0 ? [siteFields(requiredFields, isOurs)] : []),
    ...(lengths.length > 0 ? [siteLengths(lengths, isOurs)] : []),
    ...(forbiddenCommands.length > 0 ? [siteCommands(forbiddenCommands, isOurs)] : []),
  ]
}
