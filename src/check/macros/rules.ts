import type { IocRule } from '../types.ts'
import { emptyMacros } from './empty.ts'
import { hiddenMacros } from './hidden.ts'
import { nearMisses } from './near-miss.ts'
import { removedMacros } from './removed.ts'
import { shadowedVariables } from './shadowed.ts'
import { unusedMacros } from './unused.ts'

/** What is said about macros beside those that are undefined, which the loads themselves report. */
export const macroRules: readonly IocRule[] = [
  nearMisses,
  unusedMacros,
  emptyMacros,
  removedMacros,
  shadowedVariables,
  hiddenMacros,
]
