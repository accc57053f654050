// dist/iocsh-libraries.bundle.js: looks into the libraries of modules.
export { checkLibraries } from '../modules/check/library-check.ts'
