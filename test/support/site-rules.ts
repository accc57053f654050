import { expect } from 'vitest'
import { siteRulesOf } from '../../src/check/site-rules.ts'
import type { CheckedIoc } from '../../src/check/types.ts'
import { readSettings } from '../../src/settings/settings.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { checkedIoc } from './checked-ioc.ts'

/** What the rules of an `e3.yaml` in /repo say about an IOC that is checked there. */
export function siteDiagnostics(settings: string, ioc: CheckedIoc): Diagnostic[] {
  const { value, diagnostics } = readSettings({ name: 'e3.yaml', text: settings }, '/repo/e3.yaml')
  expect(diagnostics).toEqual([])
  return siteRulesOf(value, '/repo').flatMap((rule) => [...rule(ioc)])
}

/** Messages about one database of these records. */
export function siteMessages(rules: string, text: string): string[] {
  const ioc = checkedIoc({ files: { 'x.db': text } })
  return siteDiagnostics(`rules: ${rules}`, ioc).map(({ message }) => message)
}
