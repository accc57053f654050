// dist/iocsh-formats.bundle.js: reads substitution files and hierarchies that a startup script loads.
export { fileFormats } from '../startup/file-formats.ts'
