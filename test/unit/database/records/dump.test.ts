import { expect, test } from 'vitest'
import { dumpDatabase } from '../../../../src/database/records/dump.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'

function dumped(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  const loader = createLoader()
  loader.load({ name: 'a.db', text, encoding })
  return [...dumpDatabase(loader.database, undefined)].join('')
}

test('names have no escapes', () => {
  const text = String.raw`record(ai,"x\\y") {
	info("i\\j","v\\w")
}
alias("x\\y","z\\q")
`
  expect(dumped(text)).toBe(text)
})

test('values are the bytes that the IOC has', () => {
  const text = String.raw`record(ai,"x") { field(DESC,"°\"\xe9\x01\xc2\xb5") }`
  const printed = String.raw`	field(DESC,"°\"\xe9\x01µ")`
  expect(dumped(text)).toContain(printed)
  expect(dumped('record(ai,"x") { field(DESC,"µ") }', 'latin1')).toContain('(DESC,"\\xb5")')
})

test('a comment above each record', () => {
  const loader = createLoader()
  loader.load({ name: 'a.db', text: 'record(ai,"x") {}' })
  const text = [...dumpDatabase(loader.database, undefined, ({ name }) => `from ${name}`)].join('')
  expect(text).toBe('# from x\nrecord(ai,"x") {\n}\n')
})
