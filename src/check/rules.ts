import { macroRules } from './macros/rules.ts'
import { recordRules, siteRecordRules } from './records/rules.ts'
import type { IocRule, SiteRule } from './types.ts'

/** All rules that look at one IOC; what they say is in the order of this list. */
export const iocRules: readonly IocRule[] = [...recordRules, ...macroRules]

/** All rules that look at the IOCs that are checked together. */
export const siteRules: readonly SiteRule[] = [...siteRecordRules]
