import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { type MakeTarget, type MakeVariables, wordsOf } from './make-variables.ts'
import { type MakefileTexts, placeOfVariable } from './makefile-texts.ts'

/**
 * Why a makefile is not for a target: ARCH_FILTER, EXCLUDE_ARCHS, EXCLUDE_VERSIONS and BUILDCLASSES
 * of driver.makefile.
 *
 * Errors: `MAKEFILE_EXCLUDES`.
 */
export function excludedTarget(
  variables: MakeVariables,
  { arch, osClass, baseVersion }: MakeTarget,
  texts: MakefileTexts,
): Diagnostic[] {
  const words = (name: string): string[] => wordsOf(variables.get(name)?.value ?? '')
  const tests: readonly (readonly [string, (words: readonly string[]) => boolean])[] = [
    ['ARCH_FILTER', (list) => list.length === 0 || list.some((one) => fits(arch, one))],
    ['EXCLUDE_ARCHS', (list) => !list.some((one) => fits(arch, one) || arch.includes(one))],
    ['EXCLUDE_VERSIONS', (list) => !list.some((one) => isOf(baseVersion, one))],
    ['BUILDCLASSES', (list) => list.length === 0 || list.includes(osClass)],
  ]
  return tests.flatMap(([name, isFine]) => {
    if (isFine(words(name))) return []
    const what = name === 'EXCLUDE_VERSIONS' ? `EPICS base ${baseVersion}` : arch
    const message = `this module is not for ${what}: ${name} is ${words(name).join(' ')}`
    const at = placeOfVariable(texts, name)
    return [diagnostic('MAKEFILE_EXCLUDES', message, { at, hint: 'build it for another target' })]
  })
}

/** A pattern of make: `linux-%`. */
function fits(arch: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('%', 2)
  if (end === undefined) return arch === pattern
  return arch.length >= start.length + end.length && arch.startsWith(start) && arch.endsWith(end)
}

/** `3.14` excludes 3.14.12, but `7` not 70. */
function isOf(version: string, part: string): boolean {
  return version === part || version.startsWith(`${part}.`)
}
