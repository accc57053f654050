// dist/iocsh-check.cjs: the part of the launcher that checks databases.
export { checkLaunch } from './iocsh/checker.ts'
