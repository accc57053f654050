import { expandArguments } from '../../../src/cli/iocsh/argument-source.ts'
import { parseArguments } from '../../../src/cli/iocsh/arguments.ts'
import { readDbd } from '../../../src/database/dbd/dbd.ts'
import { createDefinitions } from '../../../src/database/definitions/definitions.ts'
import { dumpDatabase } from '../../../src/database/records/dump.ts'
import { createLoader } from '../../../src/database/records/loader.ts'
import { readStatements } from '../../../src/database/statements.ts'
import { readSubstitutions } from '../../../src/database/substitutions/substitutions.ts'
import { templateCalls } from '../../../src/database/substitutions/template-calls.ts'
import { loadText } from '../../../src/database/text/load-text.ts'
import { parseBaseVersion, parseVersionHeader } from '../../../src/host/base/version.ts'
import { parseIdentity } from '../../../src/host/process-identity.ts'
import { formatDefinitions, parseDefinitions } from '../../../src/macro/definitions.ts'
import { createMacros, expandEnvironment } from '../../../src/macro/macros.ts'
import { parseDependencies } from '../../../src/modules/dependency-file.ts'
import { readLock } from '../../../src/modules/lock/read-lock.ts'
import { parseRequest } from '../../../src/modules/module-request.ts'
import { readSettings } from '../../../src/settings/settings.ts'
import { quoteCommand } from '../../../src/shell/quote.ts'
import { splitLine } from '../../../src/shell/split.ts'
import { formatExpectation, parseExpectation } from '../../../src/smoke/expectation.ts'
import { readTranscript } from '../../../src/smoke/transcript.ts'
import { readGlob } from '../../../src/text/pattern/glob.ts'
import { readPattern } from '../../../src/text/pattern/pattern.ts'
import { quoteShellWord, splitShellWords } from '../../../src/text/shell-words.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { compareVersions } from '../../../src/version/order.ts'
import {
  formatVersionRequest,
  matchesRequest,
  parseVersionRequest,
} from '../../../src/version/request.ts'
import { parseVersion } from '../../../src/version/version.ts'
import { lockOf } from '../locks.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

interface TextTarget {
  readonly samples: readonly string[]
  readonly pieces: readonly string[]
  read(text: string): void
}

const references = ['$(A)', '${B}', '$(C=$(D))', '$(A,B=1)', '$(', '${', '$(A=', '$', ',', '=', '"']
const versions = ['1', '0', '.', '+', '1.0.0', '1.0.0+1', '01.002.3', 'stable', 'test+2', '-', ' ']
const dbdPieces = [
  ...[
    'device(',
    'driver(',
    'registrar(',
    'variable(',
    'recordtype(',
    'menu(',
    'field(',
    'include ',
  ],
  ...[
    'breaktable(',
    'link(',
    'function(',
    'addpath ',
    'ai',
    ', ',
    ') ',
    '{',
    '} ',
    '"x"',
    '"',
    '%',
  ],
  ...['# comment\n', '\n', '%#include <x.h>\n', 'choice('],
]

const targets: Readonly<Record<string, TextTarget>> = {
  macros: {
    samples: ['A=1,B=$(A)|$(A) $(B=2) ${C,D=3}', 'A=$(B),B=$(A)|$(A)', 'A="x,y",B=\\$(A)|"$(A)"'],
    pieces: [...references, 'A=', 'B=', '|', '\\', "'", 'x'],
    read: readMacros,
  },
  definitions: {
    samples: ['A=1, B = "2,3" ,C', "P='x y',R=\\,"],
    pieces: [...references, 'A', 'B', ' ', "'", '\\'],
    read(text) {
      formatDefinitions(
        parseDefinitions(text).map(({ name, raw = '' }): [string, string] => [name, raw]),
      )
    },
  },
  'shell line': {
    samples: ['dbLoadRecords("a.db", "P=X:,R=1")', 'dbl > file', 'epicsEnvSet \'A\' "b c" 2>> x'],
    pieces: ['(', ')', ',', ' ', '"', "'", '\\', '>', '>>', '<', '2>', 'word', '#'],
    read(text) {
      const { words } = splitLine(text)
      quoteCommand(
        text,
        words.map((word) => word.text),
      )
    },
  },
  version: {
    samples: ['1.0.0', '4.42.0+3', 'stable', 'mytest+2', '1.0.0 1.0.0+0 1.0.1'],
    pieces: versions,
    read: readVersions,
  },
  request: {
    samples: ['asyn', 'asyn,4.42.0+3', 'asyn 1.0.0', 'stream,test'],
    pieces: [...versions, 'asyn', ',', '_'],
    read: (text) => parseRequest(text),
  },
  'dependency file': {
    samples: ['# made by make\nasyn 4.42.0+3\nstream 2.8.26+0\n', 'a 1\r\nb 2\r\n'],
    pieces: [...versions, 'asyn', '\n', '#', '\t'],
    read: (text) => parseDependencies({ name: 'm.dep', text }),
  },
  dbd: {
    samples: ['device(ai, INST_IO, devX, "X")\nregistrar(r)\n', 'recordtype(ai) {\n%code\n}\n'],
    pieces: dbdPieces,
    read: (text) => readDbd({ name: 'm.dbd', text }),
  },
  database: {
    samples: ['record(ai, "$(P)x") {\n  field(VAL, "1") # c\n  info(a, {b:[1,"2"]})\n}\n'],
    pieces: [...dbdPieces, 'record(', 'info(', 'alias(', '[1,2]', ':', ...references],
    read: (text) => readStatements(text, { start: 0, end: text.length }, () => {}),
  },
  records: {
    samples: [
      'record(ai, "$(P)x") {\n field(INP, {const: [1, "2",]}) info(a, \'b\') alias("y")\n}\n',
      'menu(m) { choice(a, "b") }\ninclude "self.db"\nalias("x", "z")\nrecord("*", "x") { field(DESC, "$(D=a\\x41)") }\n',
    ],
    pieces: [
      ...dbdPieces,
      'record(ai,"x"){',
      'info(',
      'alias(',
      'PREC',
      'DESC',
      'INP',
      '[1,2]',
      '"#C0 S0"',
      ':',
      ...references,
    ],
    read: loadRecords,
  },
  'dbd files': {
    samples: [
      'menu(m) {\n\tchoice(a,"A")\n}\nrecordtype(r) {\n\tinclude "self.dbd"\n\tfield(X,DBF_MENU) {\n\t\tprompt("x")\n\t\tmenu(m)\n\t}\n\t%#include "x.h"\n}\ndevice(r,INST_IO,d,"S")\n',
      'path "a:b"\ninclude "self.dbd"\nbreaktable(b) {\n 0 0\n 1 1\n}\n',
    ],
    pieces: [...dbdPieces, 'prompt(', 'size(', '"self.dbd"', 'DBF_STRING', '}\n', '\t', '\n}'],
    read: readDefinitions,
  },
  substitutions: {
    samples: ['file "a.template" {\n pattern {A,B} {1,2}\n}\n', 'file a.db { {A=1} }\nglobal {}'],
    pieces: ['file ', '"a b"', '{', '}', 'pattern', 'global ', ',', '\n', '#', ...references],
    read: readRows,
  },
  'shell words': {
    samples: ['a \'b c\' "d $e" f\\ g # h\n'],
    pieces: ['a', ' ', "'", '"', '\\', '\n', '#', '$'],
    read: (text) => splitShellWords({ text }).words.map((word) => quoteShellWord(word.text)),
  },
  arguments: {
    samples: ['-r\nasyn,1.0\n-l\n/m\nst.cmd\nA=1', '@file\n-dg\n-c\ndbl', '--format\njson\n-n\nX'],
    pieces: [
      ...['\n', '-r', '--require', '-c', '-l', '-d', '-s', '-i', '-n', '-S', '@file', '@x', '-rt'],
      ...['-dg', '-dv', '--trace', '--base', '--format', '--quiet', '-h', '--', '-', 'st.cmd'],
      ...['a.db', 'a.subs', 'A=1', '=', '--require=asyn', '--no-such', 'x.py'],
    ],
    read: readArguments,
  },
  'base version': {
    samples: ['EPICS_VERSION = 7\nEPICS_REVISION = 0\nEPICS_MODIFICATION = 10\n', '#define X 7\n'],
    pieces: ['EPICS_VERSION', 'EPICS_PATCH_LEVEL', '=', ' ', '\n', '7', '#define ', '"-DEV"'],
    read(text) {
      parseBaseVersion(text)
      parseVersionHeader(text)
    },
  },
  'process identity': {
    samples: ['1234 5678 pid:[4026531836]\n'],
    pieces: ['1', ' ', '\n', 'pid:[', ']'],
    read: (text) => parseIdentity(text),
  },
  expectation: {
    samples: ['PV=1.5', 'LAB:X:Temperature', 'A=B=C'],
    pieces: ['PV', '=', '1', '.', ':', ' '],
    read(text) {
      const expectation = parseExpectation(text)
      if (expectation) formatExpectation(expectation)
    },
  },
  settings: {
    samples: [
      "base: /b\nmodule-path: [a, b]\niocs:\n- {name: n, script: s, macros: {P: '1'}}\n",
      'severities:\n- &a {code: SITE_NAME, severity: off}\n- *a\nrules: {lengths: {name: 4}}\n',
    ],
    pieces: [
      ...['iocs', 'rules', 'code', 'severity', ': ', '- ', '\n', '  ', '{', '}', '[', ']', ','],
      ...['&a ', '*a', '<<', "'", '"', '|', '>', '!!', '---\n', '%YAML 1.1\n', '? ', '#', '\t'],
    ],
    read(text) {
      for (const { at } of readSettings({ name: 'e3.yaml', text }, '/e3.yaml').diagnostics) {
        if (at) formatPlace(at)
      }
    },
  },
  locks: {
    samples: [lockOf({ asyn: '4.42.0+3', stream: 'test' }), '{"format": 2}'],
    pieces: [
      '"format"',
      '1',
      '"modules"',
      '"base"',
      '{',
      '}',
      ':',
      ',',
      '"',
      '\\',
      '[',
      'null',
      '<<<<<<<',
    ],
    read(text) {
      const { value, diagnostics } = readLock({ name: 'st.cmd.lock', text })
      for (const { at } of diagnostics) if (at) formatPlace(at)
      for (const { at } of value?.modules.values() ?? []) formatPlace(at)
    },
  },
  patterns: {
    samples: ['(?<a>[A-Z]+)-\\d{2,3}:(?:x|y)*|AB-12:xy', 'iocs/**/*.{db,template}|iocs/a/x.db'],
    pieces: [
      '(',
      ')',
      '(?<a>',
      '(?:',
      '[',
      ']',
      '^',
      '-',
      '*',
      '+',
      '?',
      '{2,3}',
      '|',
      '\\d',
      'a',
      '/',
    ],
    read: matchPatterns,
  },
  transcript: {
    samples: ['\u001b[31mERROR\u001b[0m: x\niocRun: All initialization complete\nepics> dbl\n'],
    pieces: ['\u001b[', '31;1m', 'ERROR', ' ', '\n', 'epics> ', '\r\n', 'Error: '],
    read: (text) => readTranscript('log', text),
  },
}

/** All parsers of text. */
export const textTargets: readonly Target[] = Object.entries(targets).map(
  ([name, { samples, pieces, read }]): Target => ({
    name,
    make(random) {
      const input = makeText(random, { samples, pieces })
      return { input, run: () => read(input) }
    },
  }),
)

function readMacros(input: string): void {
  const [definitions = '', text = definitions] = input.split('|')
  for (const limits of ['off', 'exact'] as const) {
    const macros = createMacros({
      limits,
      environment: (name) => (name === 'E' ? text : undefined),
    })
    macros.define(definitions)
    macros.push()
    macros.define(text)
    macros.expandGrowing(text)
    macros.pop()
    macros.expand(text, 40)
  }
  expandEnvironment(text, { environment: () => definitions })
}

function matchPatterns(input: string): void {
  const subject = input.slice(input.lastIndexOf('|') + 1)
  for (const read of [readPattern, readGlob]) {
    const pattern = read(input)
    if ('problem' in pattern) continue
    for (const { start, end } of pattern.match(subject).parts.values()) {
      if (start > end || end > subject.length) throw new Error(`part ${start} to ${end}`)
    }
  }
}

function readRows(text: string): void {
  for (const dialect of ['msi', 'dbLoadTemplate', 'both'] as const) {
    const substitutions = readSubstitutions({ name: 'm.substitutions', text }, { dialect })
    for (const call of templateCalls(substitutions, { exact: dialect === 'both' })) {
      for (const { at } of call.definitions()) {
        if (at.start > at.end || at.end > text.length) throw new Error(`place ${at.start}`)
      }
    }
  }
}

/** As a trusted file and with all checks; all that is lazy is asked for. */
function readDefinitions(input: string): void {
  const source = { name: 'self.dbd', text: input }
  const { text } = loadText(source, { macros: { list: '' }, limits: 'off' })
  const set = createDefinitions()
  const open = (name: string) => (name.endsWith('self.dbd') ? text : undefined)
  for (const isTrusted of [true, false]) set.load({ text, path: ['.', 'x'], open, isTrusted })
  for (const { fields } of set.recordTypes.values()) fields.forEach(() => {})
  for (const { choices } of set.menus.values()) choices.get('A')
  for (const { at } of set.takeLate()) if (at) formatPlace(at)
}

function readVersions(input: string): void {
  const parsed = input.split(' ').slice(0, 8).map(parseVersion)
  for (const left of parsed) {
    const request = parseVersionRequest(left.text)
    formatVersionRequest(request)
    for (const right of parsed) {
      matchesRequest(right, request)
      if (
        Math.sign(compareVersions(left, right)) !==
        -Math.sign(compareVersions(right, left)) + 0
      ) {
        throw new Error(`${left.text} and ${right.text} have no order`)
      }
    }
  }
}

function readArguments(input: string): void {
  const [file = '', ...words] = input.split('\n')
  const { value } = expandArguments(words, (path) =>
    path === 'file' ? { name: path, text: file } : { reason: 'no such file' },
  )
  parseArguments(value)
}

/** Loads a text as a database that includes itself, against definitions made of some kinds of fields. */
function loadRecords(input: string): void {
  const dbd =
    'menu(m){choice(a,"A")}recordtype(ai){field(NAME,DBF_STRING){size(61)}field(DESC,DBF_STRING){size(41)}field(DTYP,DBF_DEVICE){}field(PREC,DBF_SHORT){}field(HOPR,DBF_DOUBLE){}field(INP,DBF_INLINK){}field(OUT,DBF_OUTLINK){}field(SCAN,DBF_MENU){menu(m)}field(CALC,DBF_STRING){size(80) special(SPC_CALC)}}link(const,c)link(calc,d)\n'
  const definitions = createDefinitions()
  const macros = { list: 'P=a b,D=$(P)' }
  const plain = loadText({ name: 'm.dbd', text: dbd }, { macros, limits: 'off' }).text
  definitions.load({ text: plain, path: [], open: () => undefined })
  const source = { name: 'self.db', text: input }
  for (const limits of ['off', 'exact'] as const) {
    const loader = createLoader({ definitions, define: definitions.load, limits })
    const open = (name: string) => (name === 'self.db' ? source : undefined)
    for (const load of [loader.load, loader.loadDefinitions]) {
      const { diagnostics } = load(source, { macros, open })
      for (const { at } of diagnostics) if (at) formatPlace(at)
    }
    for (const text of dumpDatabase(loader.database, definitions)) text.length
    for (const { fields } of loader.database.records.values()) {
      for (const { in: text, start, end } of fields) text.macrosOf(start, end)
    }
  }
}
