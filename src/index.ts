/** The library of e3-iocsh: everything here is kept stable; the rest of `src` is internal. */

export { type Code, codes, type Severity } from './text/codes.ts'
export { type Diagnostic, hasErrors, type Note, type Result } from './text/diagnostic.ts'
export { renderGithub, renderJson } from './text/formats.ts'
export { inFileOrder } from './text/order.ts'
export { renderText } from './text/render.ts'
export { type Position, positionAt, type Source } from './text/source.ts'
export { formatPlace, type Origin, type Span } from './text/span.ts'
