/** The library of e3-iocsh: everything here is kept stable; the rest of `src` is internal. */

export {
  type IocSettings,
  type NamePart,
  type NamingRule,
  readSettings,
  type Settings,
  type SeverityRule,
  type SiteRules,
} from './settings/settings.ts'
export { applySeverities, type Looked } from './settings/severities.ts'
export type { Written } from './settings/shape.ts'
export type { Entry, WrittenPattern } from './settings/shapes.ts'
export { type CodePage, readCodePages } from './text/code-pages.ts'
export { type Code, codes, type Severity } from './text/codes.ts'
export { type Diagnostic, hasErrors, type Note, type Result } from './text/diagnostic.ts'
export { renderGithub, renderJson } from './text/formats.ts'
export { type JunitSuite, renderJunit } from './text/formats-junit.ts'
export { renderSarif, type SarifRun } from './text/formats-sarif.ts'
export { inFileOrder } from './text/order.ts'
export type { Match, Pattern } from './text/pattern/pattern.ts'
export { renderText } from './text/render.ts'
export { type Position, positionAt, type Source } from './text/source.ts'
export { formatPlace, type Origin, type Span } from './text/span.ts'
