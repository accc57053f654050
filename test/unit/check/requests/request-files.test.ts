import { expect, test } from 'vitest'
import { requestFiles } from '../../../../src/check/requests/request-files.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { walkedIoc } from '../../../support/walked-ioc.ts'

const database = `
record(ai, "LAB:OVEN:TEMP") { field(DESC, "x") }
record(ai, "LAB:OVEN:PRES") { field(DESC, "x") }
record(ai, "LAB:OVEN:FLOW") { field(DESC, "x") alias("LAB:OVEN:OTHER") }
`

function found(script: string, files: Readonly<Record<string, string>> = {}): string[] {
  const all = { 'st.cmd': `dbLoadRecords a.db\n${script}`, 'a.db': database, ...files }
  const { ioc, reader } = walkedIoc({ files: all })
  return Array.from(
    requestFiles(reader)(ioc),
    ({ code, severity, at }) => `${severity} ${code} ${at ? formatPlace(at) : ''}`,
  )
}

const good = '$(P)TEMP.VAL\n$(P)OTHER\n'

test.each([
  ['create_monitor_set("a.req", 5, "P=LAB:OVEN:")', []],
  ['create_periodic_set("a.req", 5, "P=LAB:OVEN:")', []],
  ['create_triggered_set("a.req", "x:y", "P=LAB:OVEN:")', []],
  ['create_manual_set("a.req", "P=LAB:OVEN:")', []],
  ['reload_manual_set("a.req", "P=LAB:OVEN:")', []],
  ['create_manual_set("a.req", "P=LAB:OVEN:,Q=1")', ['info MACRO_UNUSED st.cmd:2:28']],
  ['create_manual_set("a.req", "P=LAB:OVEN:,CONFIG=1,SAVEPATHPV=x")', []],
  [
    'create_manual_set("a.req")',
    ['warning MACRO_UNDEFINED a.req:1:1', 'warning MACRO_UNDEFINED a.req:2:1'],
  ],
  ['create_manual_set("aa.req")', ['warning FILE_NOT_FOUND st.cmd:2:19']],
  ['system "make"\ncreate_manual_set("aa.req")', ['info FILE_NOT_FOUND st.cmd:3:19']],
  ['makeAutosaveFiles\ncreate_manual_set("info_settings.req")', []],
  ['makeAutosaveFileFromDbInfo("x/b", "f")\ncreate_manual_set("b.req")', []],
  ['autosaveBuild("built.req", "_settings.req", 1)\ncreate_manual_set("built.req")', []],
  ['dbl > made.req\ncreate_manual_set("made.req")', []],
  ['require none\ncreate_manual_set("aa.req")', []],
  ['create_manual_set("$(X)")', []],
  ['cd /nowhere\ncreate_manual_set("aa.req")', []],
  [
    'create_manual_set("aa.req")\ncreate_manual_set("aa.req", "")',
    ['warning FILE_NOT_FOUND st.cmd:2:19'],
  ],
  ['set_requestfile_path("/here")\ncreate_manual_set("a.req", "P=LAB:OVEN:")', []],
  ['set_requestfile_path(".", "")\ncreate_manual_set("a.req", "P=LAB:OVEN:")', []],
  [
    'set_requestfile_path("/nowhere")\ncreate_manual_set("a.req", "P=x")',
    ['warning FILE_NOT_FOUND st.cmd:3:19'],
  ],
  [
    'set_requestfile_path("/nowhere")\ncreate_manual_set("/here/a.req", "P=x")',
    ['warning FILE_NOT_FOUND st.cmd:3:19'],
  ],
  ['create_manual_set("/here/a.req", "P=LAB:OVEN:")', []],
  ['set_requestfile_path("/here", "sub")\ncreate_manual_set("b.req", "P=LAB:OVEN:")', []],
])('%s', (script, expected) => {
  expect(found(`${script}\n`, { 'a.req': good, 'sub/b.req': good })).toEqual(expected)
})

test.each([
  ['$(P)TEMP\n', []],
  ['$(P)TEMP.DESC$\n', []],
  ['$(P)TEMPP.VAL\n', ['warning REQUEST_RECORD a.req:1:1']],
  ['$(P)x.VAL\n$(P)y.VAL\n', ['warning REQUEST_RECORD a.req:1:1']],
  ['ELSE:x\nELSE:y\n$(P)TEMP\n', ['info REQUEST_ELSEWHERE a.req:1:1']],
  ['file b.req P=$(P)\n', ['warning FILE_NOT_FOUND a.req:1:6']],
  ['file a.req P=$(P)\n', ['warning REQUEST_LOOP a.req:1:6']],
  ['$(P)TEMP', ['warning REQUEST_CUT a.req:1:1']],
  ['!\n$(P)TEMP\n', ['warning REQUEST_LINE a.req:1:1']],
])('%j', (text, expected) => {
  const script = 'create_monitor_set("a.req", 5, "P=LAB:OVEN:")\n'
  expect(found(script, { 'a.req': text })).toEqual(expected)
  // The same file with other macros: its own mistakes are told once.
  const twice = `${script}create_manual_set("a.req", "P=LAB:OVEN:")\n`
  expect(found(twice, { 'a.req': text })).toEqual(expected)
})

test('nothing is said about records where a database is missing', () => {
  const script = 'dbLoadRecords b.db\ncreate_manual_set("a.req", "P=LAB:OVEN:")\n'
  expect(found(script, { 'a.req': '$(P)x\n' })).toEqual([])
})
