import { expect, test } from 'vitest'
import { linkFindings } from '../../../support/checked-ioc.ts'

const start = 'x.db:1:30 LINK_MODIFIER'

test.each([
  ['a cp', '"cp" in INP of "x" is no modifier of a link: the IOC ignores it'],
  ['a PP,MS', '"PP,MS" in INP of "x" is no modifier of a link: the IOC ignores it'],
  ['a PP FOO BAR', '"FOO" in INP of "x" is no modifier of a link: the IOC ignores it'],
  ['a .VAL', '".VAL" in INP of "x" is no modifier of a link: the IOC ignores it'],
  ['a\\tCP', 'the tab in INP of "x" becomes part of the name of the PV'],
])('INP "%s"', (link, message) => {
  expect(linkFindings('LINK_MODIFIER', `record(ai, "x") { field(INP, "${link}") }`)).toEqual([
    `${start} ${message}`,
  ])
})

test.each(['a', 'a PP MS', ' a  CPP   NMS ', 'a CA MSI', 'a MSS', '@x FOO', '{const: 5}', '5', ''])(
  'INP "%s" is fine',
  (link) => {
    expect(linkFindings('LINK_MODIFIER', `record(ai, "x") { field(INP, "${link}") }`)).toEqual([])
  },
)
