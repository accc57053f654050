// dist/iocsh-providers.bundle.js: looks for modules that bring what is missing in a startup script.
export { commandProviders } from '../host/command-providers.ts'
export { adviseOnFiles, definitionProviders } from '../host/definition-providers.ts'
