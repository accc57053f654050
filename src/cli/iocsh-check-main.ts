import { setFlagsFromString } from 'node:v8'
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
    onRecords: laterOptimising(),
  })

/** Characters of records; Node takes 4 ms to load what sets options of V8. */
const many = 50_000

/**
 * For a thousand records V8 optimises what then hardly runs any more: as much work again as the check
 * itself, on processors that the IOC could have. So it is to wait longer, which a hundred thousand
 * records do not feel. Only the V8 of Node 20 has the option; others complain of it on stderr.
 */
function laterOptimising(): (characters: number) => void {
  let read = 0
  return (characters) => {
    const isFirst = read < many
    read += characters
    if (!isFirst || read < many || !process.versions.v8.startsWith('11.3.')) return
    setFlagsFromString('--interrupt-budget=1000000')
  }
}
