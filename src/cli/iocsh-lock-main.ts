// dist/iocsh-lock.bundle.js: reads the lock of a startup script, and compares files with it.
export { openLock } from './lock/open-lock.ts'
