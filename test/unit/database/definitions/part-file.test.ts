import { expect, test } from 'vitest'
import { loadDefinitions, told } from '../../../support/definitions.ts'

const menus = 'menu(menuYesNo) { choice(menuYesNoNO, "NO") choice(menuYesNoYES, "YES") }\n'

test.each([
  ['fields', '%#include "link.h"\nfield(A, DBF_LONG) { prompt("a") }\n', []],
  ['lines of C only', '%#include "link.h"\n', []],
  ['an included part', 'include "rest.dbd"\nfield(A, DBF_LONG) { prompt("a") }\n', []],
  ['choices', 'choice(aOne, "one")\nchoice(aTwo, "two")\n', []],
  [
    'a wrong field',
    'field(A, DBF_LNG) { prompt("a") }\n',
    ['main.dbd:1:10 DBD_VALUE "DBF_LNG" is no type of a field'],
  ],
  [
    'a choice twice',
    'choice(aOne, "one")\nchoice(aTwo, "one")\n',
    [
      'main.dbd:2:1 DBD_REDEFINED the choice "one" is in this menu twice: only the first one can be set',
    ],
  ],
  [
    'fields among choices',
    'choice(aOne, "one")\nfield(A, DBF_LONG) {}\n',
    ['main.dbd:2:1 DBD_SYNTAX "field" is not a statement of a menu'],
  ],
  [
    'a field behind the braces of a whole file',
    'recordtype(a) { field(A, DBF_LONG) { prompt("a") } }\nfield(B, DBF_LONG) {}\n',
    ['main.dbd:2:1 DBD_SYNTAX "field" is not a statement of a dbd file'],
  ],
  ['a whole file', menus, []],
  ['an empty file', '', []],
])('%s', (_, text, expected) => {
  const files = { 'main.dbd': text, 'rest.dbd': 'field(B, DBF_LONG) { prompt("b") }\n' }
  expect(told(loadDefinitions(files, { mayBePart: true }).diagnostics)).toEqual(expected)
})

test('what an IOC loads is no part', () => {
  const files = { 'main.dbd': 'field(A, DBF_LONG) { prompt("a") }\n' }
  expect(told(loadDefinitions(files).diagnostics)).toEqual([
    'main.dbd:1:1 DBD_SYNTAX "field" is not a statement of a dbd file',
  ])
})
