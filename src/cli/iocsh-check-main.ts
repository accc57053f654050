import { setFlagsFromString } from 'node:v8'
import { type Checker, checkContents, type Providers } from './iocsh/checker.ts'
import type { withSiteSeverities } from './iocsh/site-severities.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: (
  file: string,
) => Providers & { readonly withSiteSeverities: typeof withSiteSeverities }

export { fileFormats } from '../startup/file-formats.ts'

/** dist/iocsh-check.bundle.js: the part of the launcher that checks databases and commands. */
export const checkLaunch: Checker = (input) => {
  optimiseLater()
  return checkContents(input, {
    judge: (found, place) => require('./iocsh-settings').withSiteSeverities(found, place),
    providers: () => require('./iocsh-providers'),
  })
}

/**
 * For a thousand records V8 optimises what then hardly runs any more: half of the time of the check,
 * on processors that the IOC could have. So it is to wait seven times as long, which a hundred
 * thousand records do not feel. Only where the option is known to exist: V8 complains about others.
 */
function optimiseLater(): void {
  if (Number.parseInt(process.versions.v8, 10) <= 13)
    setFlagsFromString('--interrupt-budget=1000000')
}
