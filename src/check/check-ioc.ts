import type { Diagnostic } from '../text/diagnostic.ts'
import { type IocInput, type LoadedIoc, loadIoc } from './load-ioc.ts'
import { iocRules, siteRules } from './rules.ts'
import type { CheckedIoc } from './types.ts'

/** Loads what an IOC loads and looks at it with all rules, see `rules.ts`. */
export function checkIoc(input: IocInput): LoadedIoc {
  const { ioc, diagnostics } = loadIoc(input)
  return { ioc, diagnostics: [...diagnostics, ...iocRules.flatMap((rule) => [...rule(ioc)])] }
}

/** Looks at IOCs that share one network. */
export function checkTogether(iocs: readonly CheckedIoc[]): Diagnostic[] {
  return siteRules.flatMap((rule) => [...rule(iocs)])
}
