import type { Diagnostic } from '../text/diagnostic.ts'
import { type IocInput, loadIoc } from './load-ioc.ts'
import { iocRules, siteRules } from './rules.ts'
import type { CheckedIoc, IocRule } from './types.ts'

/** An IOC and all that is to be said about it alone. */
export interface IocFindings {
  readonly ioc: CheckedIoc
  readonly diagnostics: readonly Diagnostic[]
}

/** Loads what an IOC loads and looks at it with all rules, see `rules.ts`, or with some. */
export function checkIoc(input: IocInput, rules: readonly IocRule[] = iocRules): IocFindings {
  const { ioc, diagnostics, takeLate } = loadIoc(input)
  const found = rules.flatMap((rule) => [...rule(ioc)])
  return { ioc, diagnostics: [...diagnostics, ...found, ...takeLate()] }
}

/** Looks at IOCs that share one network. */
export function checkTogether(iocs: readonly CheckedIoc[]): Diagnostic[] {
  return siteRules.flatMap((rule) => [...rule(iocs)])
}
