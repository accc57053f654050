import { type Checker, checkContents, type Providers } from './iocsh/checker.ts'
import type { withSiteSeverities } from './iocsh/site-severities.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: (
  file: string,
) => Providers & { readonly withSiteSeverities: typeof withSiteSeverities }

/** dist/iocsh-check.bundle.js: the part of the launcher that checks databases and commands. */
export const checkLaunch: Checker = (input) =>
  checkContents(input, {
    judge: (found, place) => require('./iocsh-settings').withSiteSeverities(found, place),
    providers: () => require('./iocsh-providers'),
  })
