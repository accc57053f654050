// dist/iocsh-settings.bundle.js: reads e3.yaml, which most IOCs do not have.
export { raisesSeverities, withSiteSeverities } from './iocsh/site-severities.ts'
