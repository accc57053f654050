// dist/iocsh-settings.bundle.js: reads e3.yaml, which matters only if there are findings.
export { withSiteSeverities } from './iocsh/site-severities.ts'
