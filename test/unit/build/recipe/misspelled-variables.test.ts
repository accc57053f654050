import { expect, test } from 'vitest'
import { misspelledVariables } from '../../../../src/build/recipe/misspelled-variables.ts'

const found = (text: string): string[] => {
  const names = [...text.matchAll(/^(\w+) *\+?=/gm)].map(([, name]) => name)
  const variables = new Map([['.NAMES', { origin: 'file', value: names.join(' ') }]])
  return misspelledVariables(variables, [{ name: 'm.Makefile', text }]).map(
    ({ code, message, hint }) => `${code} ${message} ${hint}`,
  )
}

test.each([
  ['SORUCES += a.c\n', 'SORUCES', 'SOURCES'],
  ['TEMPLATE += a.db\n', 'TEMPLATE', 'TEMPLATES'],
  ['USR_CPPFLAG = -DX\n', 'USR_CPPFLAG', 'USR_CPPFLAGS'],
  ['HEADER = x.h\n', 'HEADER', 'HEADERS'],
])('%s', (text, name, near) => {
  expect(found(text)).toEqual([
    `MAKEFILE_VARIABLE nobody reads the variable ${name} did you mean "${near}"?`,
  ])
})

test.each([
  'SOURCES = a.c\n',
  'SOURCES_Linux = a.c\n',
  'SOURCE = src\nSOURCES = $(SOURCE)/a.c\n',
  'SOURCE = src\nSOURCES = $(SOURCE:=.c)\n',
  'SOURCE = src\nifdef SOURCE\nendif\n',
  'APPDB = x\n',
  'calc_VERSION = 1.0.0\n',
])('not %s', (text) => {
  expect(found(text)).toEqual([])
})
