import type { Diagnostic } from '../../text/diagnostic.ts'

/** Whether a mistake changes which modules an IOC loads. */
export function isAboutModules({ code }: Pick<Diagnostic, 'code'>): boolean {
  return families.test(code)
}

const families =
  /^(MODULE|REQUIRE|VERSION|DEP|DEPENDENCY|RESOLUTION|SCRIPT|FILE|DIRECTORY|SHELL|LOCK)_/
