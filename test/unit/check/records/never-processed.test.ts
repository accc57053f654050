import { expect, test } from 'vitest'
import { linkFindings, linkSiteFindings } from '../../../support/checked-ioc.ts'

const found = (text: string) => linkFindings('NEVER_PROCESSED', text)

test.each([
  [
    'record(ai, "a") { field(INP, "b") }\nrecord(ai, "b") {}',
    '1:30 NEVER_PROCESSED nothing processes "a": it is passive, and no record has a link to it; INP is never read',
  ],
  [
    'record(ai, "a") { field(SCAN, "Passive") field(DTYP, "asynFloat64") field(INP, "@asyn(P)") }',
    '1:80 NEVER_PROCESSED nothing processes "a": it is passive, and no record has a link to it; INP is never read',
  ],
  [
    'record(ai, "a") { field(INP, "b") field(SCAN, "1 second") field(SCAN, "Passive") }\nrecord(ai, "b") {}',
    '1:30 NEVER_PROCESSED nothing processes "a": it is passive, and no record has a link to it; INP is never read',
  ],
  [
    'record(ai, "a") { field(DISA, "1") field(SCAN, "1 second") }',
    '1:31 NEVER_PROCESSED "a" is disabled: DISA is equal to DISV, and it has no SDIS to change that',
  ],
  [
    'record(ai, "a") { field(DISA, "0x2") field(DISV, "2") }',
    '1:31 NEVER_PROCESSED "a" is disabled: DISA is equal to DISV, and it has no SDIS to change that',
  ],
])('%s', (text, wanted) => {
  expect(found(text)).toEqual([`x.db:${wanted}`])
})

test.each([
  ['a scan', 'record(ai, "a") { field(INP, "b") field(SCAN, "1 second") }'],
  ['a forward link', 'record(ai, "a") { field(INP, "c") }\nrecord(ai, "b") { field(FLNK, "a") }'],
  ['an output', 'record(ai, "a") { field(INP, "c") }\nrecord(ao, "b") { field(OUT, "a.PROC CA") }'],
  [
    'PP',
    'record(ai, "a") { field(INP, "@x") }\nrecord(calc, "b") { field(INPA, "a PP") field(SCAN, "1 second") }',
  ],
  ['CP', 'record(calc, "a") { field(INPA, "b CP") }\nrecord(ao, "b") {}'],
  [
    'an alias',
    'record(ai, "a") { alias("c") field(INP, "@x") }\nrecord(ai, "b") { field(FLNK, "c") }',
  ],
  ['its own output', 'record(ai, "a") { field(INP, "c") field(FLNK, "b") }\nrecord(ai, "b") {}'],
  ['no input', 'record(ai, "a") {}'],
  ['a constant', 'record(ai, "a") { field(INP, "1.5") }'],
  ['a constant in JSON', 'record(ai, "a") { field(INP, {const: 1}) }'],
  ['a type that is not known', 'record(nothing, "a") { field(INP, "b") }'],
  ['not disabled', 'record(ai, "a") { field(DISA, "0") field(SCAN, "1 second") }'],
  ['SDIS', 'record(ai, "a") { field(DISA, "1") field(SDIS, "b") field(SCAN, "1 second") }'],
])('nothing to say: %s', (_title, text) => {
  expect(found(text)).toEqual([])
})

test.each([
  ['asynInt32ArrayIn', 1],
  ['Soft Channel', 1],
  ['asynInt32ArrayOut', 0],
  ['asynOctetWrite', 0],
  ['stream', 0],
])('a waveform with DTYP %s, whose INP may be what clients write to', (device, count) => {
  const text = `record(waveform, "a") { field(DTYP, "${device}") field(INP, "@asyn(P)X") }`
  const dbd = `device(waveform, INST_IO, dev, "${device}")\n`
  const ioc = { files: { 'x.db': text }, dbd }
  expect(linkSiteFindings('NEVER_PROCESSED', [ioc])).toHaveLength(count)
})

test('links of another IOC count', () => {
  const iocs = [
    { name: 'a.cmd', files: { 'a.db': 'record(ai, "a") { field(INP, "@x") }' } },
    { name: 'b.cmd', files: { 'b.db': 'record(ai, "b") { field(FLNK, "a.PROC") }' } },
  ]
  expect(linkSiteFindings('NEVER_PROCESSED', iocs)).toEqual([])
  expect(linkSiteFindings('NEVER_PROCESSED', iocs.slice(0, 1))).toHaveLength(1)
})

test('a part of an IOC: others may have links to it', () => {
  const files = { 'a.db': 'record(ai, "a") { field(INP, "@x") }' }
  expect(linkSiteFindings('NEVER_PROCESSED', [{ files, isPart: true }])).toEqual([])
})

test('records of one place in a template are told once', () => {
  const files = { 'x.db': 'record(ai, "$(P)") { field(INP, "b") }' }
  const loads = ['a', 'b', 'c'].map((name) => ['x.db', `P=${name}`] as const)
  const ioc = {
    files: { ...files, 'b.db': 'record(ai, "b") {}' },
    loads: [...loads, ['b.db', '']] as const,
  }
  expect(linkSiteFindings('NEVER_PROCESSED', [ioc])).toEqual([
    'x.db:1:33 NEVER_PROCESSED nothing processes "a": it is passive, and no record has a link to it; INP is never read',
  ])
})
