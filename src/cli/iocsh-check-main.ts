// dist/iocsh-check.bundle.js: the part of the launcher that checks databases.
export { checkLaunch } from './iocsh/checker.ts'
