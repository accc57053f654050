import type { Diagnostic } from '../text/diagnostic.ts'
import { createFindingList } from '../text/finding-list.ts'
import { loadIoc } from './load/ioc.ts'
import type { IocInput } from './load/state.ts'
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
  const found = createFindingList()
  for (const item of diagnostics) found.add(item)
  for (const rule of rules) for (const item of rule(ioc)) found.add(item)
  for (const item of takeLate()) found.add(item)
  return { ioc, diagnostics: found.take() }
}

/** Looks at IOCs that share one network. */
export function checkTogether(iocs: readonly CheckedIoc[]): Diagnostic[] {
  const found = createFindingList()
  for (const rule of siteRules) for (const item of rule(iocs)) found.add(item)
  return found.take()
}
