import { macroRules } from './macros/rules.ts'
import { recordErrorRules, recordRules, siteRecordRules } from './records/rules.ts'
import type { IocRule, SiteRule } from './types.ts'

/** All rules that look at one IOC; what they say is in the order of this list. */
export const iocRules: readonly IocRule[] = [...recordRules, ...macroRules]

/** Those rules which may find what an IOC calls an error; all others are lints. */
export const errorRules: readonly IocRule[] = recordErrorRules

/** All rules that look at the IOCs that are checked together. */
export const siteRules: readonly SiteRule[] = [...siteRecordRules]
