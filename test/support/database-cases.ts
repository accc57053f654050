import type { DatabaseText } from './ioc-loads.ts'

/**
 * Small databases, right and wrong ones, to be loaded by an IOC and by us. `~` is the name of a
 * record, another one in each case.
 */
export function databaseCases(): readonly DatabaseText[] {
  const texts = [...statements, ...fieldCases(), ...jsonCases(), ...randomDatabases(400)]
  return [...texts.map((text) => ({ text })), ...macroCases].map(({ text, ...rest }, index) => ({
    ...rest,
    text: text.replaceAll('~', `q${index}`),
  }))
}

const macroCases: readonly DatabaseText[] = [
  { text: 'record(ai,"~"){field(DESC,"$(D)")}\n' },
  { text: 'record(ai,"~"){field(DESC,"$(D)")}\n', macros: 'D=x' },
  { text: 'record(ai,"~"){field(DESC,"$(D=y)")}\n' },
  { text: '# $(D)\nrecord(ai,"~"){}\n' },
  { text: '# it\'s $(D)\nrecord(ai,"~"){}\n' },
  { text: 'record(ai,"~"){info(a,"$(D)")}\n' },
  { text: 'record(ai,"~$(D)"){}\n' },
  { text: 'record(ai,"~"){field(PREC,$(D))}\n' },
  { text: 'record(ai,"~"){field(PREC,$(D))}\n', macros: 'D=3' },
  { text: 'record(ai,"~"){field(DESC,"$(D)")}\n', macros: 'D=a\\"b' },
  { text: 'record(ai,"~"){field(DESC,"\\$(D)")}\n', macros: 'D=a' },
  { text: 'record(ai,"~"){field(INP,{const:\'$(D)\'})}\n', macros: 'D=1' },
  { text: 'record(ai,"~"){field(INP,{const:"$(D)"})}\n', macros: 'D=1' },
  { text: 'record(ai,"~"){field(DESC,"$(A)")}\n', macros: 'A=$(B),B=$(A)' },
  { text: 'include "$(D)"\n' },
]

const keywords: readonly string[] = [
  ...['include', 'path', 'addpath', 'menu', 'choice', 'recordtype', 'field', 'device', 'driver'],
  ...['link', 'breaktable', 'record', 'grecord', 'info', 'alias', 'registrar', 'function'],
  'variable',
]

const statements: readonly string[] = [
  ...['', '\n', '# only a comment', 'record(ai,"~"){}', 'record(ai,"~")\n', 'grecord(ai,"~"){}\n'],
  ...['record(ai,~){}\n', 'record("ai","~"){}record(ao,"~b"){}\n', '"record"(ai,"~"){}\n'],
  ...['record(ai,"~",){}\n', 'record(ai){}\n', 'record ai ~ {}\n', 'record(ai "~"){}\n'],
  ...['RECORD(ai,"~"){}\n', 'foo\n', '{}\n', '}\n', ';\n', 'record(ai,"~"){};\n', '%x\n'],
  ...[
    'record(foo,"~"){}\n',
    'record(foo,"~"){field(A,"1")}\n',
    'record(ai,"~"){field(NOPE,"1")}\n',
  ],
  ...['record(ai,"~"){field(prec,"1")}\n', 'record(ai,"~"){field("PREC","1")}\n'],
  ...['record(ai,"~")field(PREC,1)\n', 'record(ai,"~"){field(PREC,1}\n', 'field(PREC,"1")\n'],
  ...['record(ai,"~){field(PREC,"1")}\n', 'record(ai,"~"){field(DESC,"no end)}\n'],
  ...['record(ai,"~"){field(PREC,1 2)}\n', 'record(ai,"~"){field(PREC,)}\n', 'choice(a,b)\n'],
  ...['record(ai,"~"){record(ai,"~b"){}}\n', "record(ai,'~'){}\n", 'record(ai,"~"){% x\n}\n'],
  ...['record(ai,"~"){}\nrecord(ai,"~"){}\n', 'record(ai,"~"){}\nrecord("*","~"){}\n'],
  ...['record("*","~"){}\n', 'record(*,"~"){}\n', 'record(ai,"~"){}\nrecord(ao,"~"){}\n'],
  ...['record(ai,"~"){}\nrecord("#","~"){}\nrecord(ao,"~"){}\n', 'record("#","~"){}\n'],
  ...['record(ai,"~"){alias("~b")}\n', 'record(ai,"~"){}alias("~","~b")alias("~","~b")\n'],
  ...['alias("~","~b")\n', 'record(ai,"~"){}alias("~","~")\n', 'record(ai,"~"){alias("")}\n'],
  ...[
    'record(ai,"~"){alias("~b")}record(ai,"~c"){alias("~b")}\n',
    'record(ai,"~"){alias("a b")}\n',
  ],
  ...[
    'record(ai,"~"){alias("~b")}record(ai,"~b"){}\n',
    'record(ai,"~"){alias("~b")}alias("~b","~c")\n',
  ],
  ...['record(ai,"~"){alias("~b")}record(ao,"~b"){}\n', 'record(ai,"~"){info(a,"b")}\n'],
  ...[
    'record(ai,"~"){info("","b")}\n',
    'record(ai,"~"){info(a,{x:1,})}\n',
    'record(ai,"~"){info(a,"")}\n',
  ],
  ...keywords.flatMap((word) => [
    `record(ai,${word}){}\n`,
    `record(ai,"~"){info(${word},"b")}\n`,
    `record(ai,"~"){alias(${word})}\n`,
    `record(ai,"~"){field(DESC,${word})}\n`,
    `record(ai,"~"){${word}("~b")}\n`,
    `${word}(${word})\n`,
    `driver(${word})\nrecord(ai,"~"){}\n`,
    `recordtype(~){field(NAME,DBF_STRING){size(61) ${word}("x")}}\n`,
  ]),
  ...['record(ai,"~"){info("alias","b")}\n', 'record(ai,"~\\\nb"){}\n', 'include path\n'],
  ...['record(ai,"~"){info(a,b c)}\n', 'include "nothing.db"\n', 'path "."\naddpath "x"\n'],
  ...['menu(menu~){choice(a,"b")}\nrecord(ai,"~"){}\n', 'driver(drv~)\n', 'variable(var~,int)\n'],
  ...['registrar(reg~)function(fun~)breaktable(bt~){0 1 2 3}\n', 'device(ai,FOO,dev~,"x~")\n'],
  ...['device(ai,CONSTANT,dev~,"x~")\nrecord(ai,"~"){field(DTYP,"x~")}\n'],
  ...[
    'template("~"){}\n',
    'record(ai,"~"){field(NAME,"x")}\n',
    'record(waveform,"~"){field(VAL,"1")}\n',
  ],
  ...[
    'record(ai,"~"){field(MLOK,"1")}\n',
    'record(lsi,"~"){field(VAL,"x")}\n',
    'record(ai,"~"){field(LALM,"1")}\n',
  ],
  ...[
    ' ',
    '.',
    '$',
    "'",
    '\\"',
    '/',
    '&',
    '%',
    '|',
    '\t',
    '\x01',
    'é',
    '(',
    '[',
    '{',
    '<',
    ';',
    ',',
  ].map((character) => `record(ai,"~${character}x"){}\n`),
  ...['-', '+', '[', '{', '<', '0', '_', ':'].map((first) => `record(ai,"${first}~"){}\n`),
  ...[50, 59, 60, 61].map((length) => `record(ai,"~${'n'.repeat(length - 4)}"){}\n`),
]

const numbers = [
  ...[
    '0',
    '1',
    '-1',
    '+1',
    ' 1',
    '1 ',
    '1x',
    '',
    '1.0',
    '.5',
    '5.',
    '.',
    '1e3',
    '1e',
    '1E+3',
    '0x10',
  ],
  ...['0X1f', '-0x1', '010', '08', '0b1', '128', '-129', '300', '32768', '65535', '65536', '70000'],
  ...['2147483648', '-2147483649', '4294967296', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775809', '18446744073709551615', '18446744073709551616', '1,2', '1 2', ' '],
  ...[
    '--1',
    '+-1',
    '0x',
    '0xg',
    'x',
    'inf',
    '-Inf',
    'infinity',
    'nan',
    'NaN(1)',
    'nanx',
    '1L',
    '\\t1',
  ],
  ...['1e400', '1e-400', '-1e400', '1e-310', '0x1.8p3', '1d3', '1_0', '0e999', '00', '1e39'],
]
const texts = [
  ...['', 'a', 'a'.repeat(15), 'a'.repeat(16), 'a'.repeat(25), 'a'.repeat(26), 'a'.repeat(39)],
  ...[
    'a'.repeat(40),
    'a'.repeat(41),
    'é'.repeat(19),
    'é'.repeat(20),
    'é'.repeat(21),
    '\\x41',
    "it's",
  ],
  ...[
    '\\101',
    '\\x4',
    '\\xgg',
    '\\0',
    '\\"',
    '\\\\',
    '\\',
    '\\q',
    'a\tb',
    '\\u0041',
    `${'\\x41'.repeat(30)}`,
  ],
]
const menuTexts = [
  ...[
    'Passive',
    'passive',
    '1 second',
    '1  second',
    ' Passive',
    'Passive ',
    '0',
    '9',
    '10',
    '11',
    '12',
  ],
  ...[
    '-1',
    '',
    '65535',
    '65536',
    '0x1',
    '07',
    '08',
    '1x',
    ' 1',
    '1 ',
    '.1 second',
    'I/O Intr',
    ' ',
  ],
  ...['18446744073709551615', '-65536', '-65537', '-18446744073709551615', '18446744073709486080'],
]
const expressions = [
  ...[
    'A',
    'A+B',
    'A+',
    '',
    ' ',
    'foo(',
    'A;B',
    'B:=A;B',
    'A?B:C',
    'A?B',
    'MAX(A,B',
    'MAX A',
    '+A',
    '-A',
  ],
  ...[
    'ATAN2(A)',
    'A AND B',
    'A!B',
    '!A',
    'V',
    'U',
    'VAL',
    '1..2',
    'RNDM',
    'A B',
    '2A',
    ';',
    'A;',
    'SIN()',
  ],
]
const links = [
  ...[
    '',
    'rec',
    'rec.VAL',
    'rec PP MS',
    'rec CP',
    'rec foo bar',
    '1',
    '1.5 PP',
    '@',
    '@x y',
    '#C0 S0',
  ],
  ...['#C0 S0 @x', '#C0', '#', '#foo', '#c0 s0', '#C0S0@', '# C 0 S 0', '#S0 C0', '#R1 M2 D3 E4'],
  ...[
    '#R1 M2 D3 E4 @',
    '#L1 A2 @x',
    '#L1 N2 P3 S4',
    '#L1 B2 G3',
    '#B1 C2 N3',
    '#B1 C2 N3 A4 F5 @x',
  ],
  ...[
    '#V1 S2',
    '#V1 C2 S3',
    '#L0 A0 C0 S0 @',
    '#C010 S08',
    '#C-1 S0',
    '#C0x1 S0',
    '[1,2]',
    '[1,',
    '[a]',
  ],
  ...['{}', '{', '}', '{const:1}', '{const:1} PP', '{const:1', ' {const:1} ', '{foo:1}', '{const}'],
  ...[
    "{'const':1,}",
    '{const:a}',
    '{const:{}}',
    '{const:null}',
    '{const:01}',
    '{const:--1}',
    '{const:/*c*/1}',
  ],
  ...[
    '{const:[1,,2]}',
    '{const:[1,[2]]}',
    '{const:# c\n1}',
    '{+a:1}',
    '{a-b:1}',
    '{Const:1}',
    '$rec',
    'x y z',
  ],
]

/** Each value for each of some fields of every kind. */
function fieldCases(): string[] {
  const rows: readonly (readonly [
    type: string,
    fields: readonly string[],
    values: readonly string[],
  ])[] = [
    ['ai', ['PREC', 'ROFF', 'HOPR', 'DISP', 'UTAG', 'RVAL'], numbers],
    ['mbbi', ['NOBT', 'ZRVL', 'VAL'], numbers],
    ['int64in', ['VAL'], numbers],
    ['ai', ['DESC', 'EGU', 'ASG', 'EVNT'], texts],
    ['mbbi', ['ZRST'], texts],
    ['stringin', ['VAL'], texts],
    ['ai', ['SCAN', 'PINI', 'LINR'], menuTexts],
    [
      'ai',
      ['DTYP'],
      ['Soft Channel', 'soft channel', 'foo', '', '0', '3', '-1', '65535', ' ', 'General Time'],
    ],
    ['fanout', ['DTYP'], ['Soft Channel', 'x', '']],
    ['calc', ['CALC'], expressions],
    ['calcout', ['OCAL'], expressions],
    ['ai', ['INP', 'FLNK', 'SDIS', 'TSEL'], links],
    ['ao', ['OUT', 'DOL'], links],
  ]
  return rows.flatMap(([type, fields, values]) =>
    fields.flatMap((field) =>
      values.map(
        (value) => `record(${type},"~"){field(${field},"${value.replace('\n', '\\n')}")}\n`,
      ),
    ),
  )
}

const json = [
  ...['"a\\u12b"', '"\\u"', '"\\u00e9"', '{const:"\\u12"}', "'\\u123'"],
  ...[
    '1',
    '1.5',
    '.5',
    '5.',
    '-1',
    '+1',
    '0x10',
    'abc',
    'a-b.c_d',
    'a:b',
    'a<b',
    'a;b',
    'a[b]',
    '-a',
    '1a',
  ],
  ...[
    "'1'",
    "'it\\'s'",
    'null',
    'true',
    '[1]',
    '[1, 2 ,]',
    '[,]',
    '[',
    '[]',
    '{}',
    '{a:1}',
    '{"const":1}',
  ],
  ...[
    '{const:1,}',
    '{const : 1}',
    '{const:"x y"}',
    "{const:'x'}",
    '{const:[1,2,]}',
    '{const:{}}',
    '{const:bare}',
  ],
  ...[
    '{const:+1}',
    '{const:0x10}',
    '{const:.5}',
    '{const:1.}',
    '{const:NaN}',
    '{const:null}',
    '{const:true}',
  ],
  ...[
    '{\n const:1,\n# comment\n}',
    '{const:1 /* c */}',
    '{const:1 // c\n}',
    '{const:1 const:2}',
    '{const}',
  ],
  ...[
    '{const:}',
    '{:1}',
    '{1:1}',
    '{const:1}}',
    '{const:{a:1)',
    '{$a:1}',
    '{const:1,pva:"x"}',
    '{const:1,const:2}',
  ],
  ...[
    '{const:[1,"a"]}',
    '{const:[[1]]}',
    '{const:[{}]}',
    '{const:"a\\1"}',
    '{const:"a\tb"}',
    '{const:"a\nb"}',
  ],
  ...[
    '{calc:{expr:"A",args:[1]}}',
    '{calc:{expr:"A",args:[{const:1}]}}',
    '{calc:{expr:"A",args:[{foo:1}]}}',
  ],
  ...[
    '{calc:{expr:"A",args:["1"]}}',
    '{calc:{expr:"A+"}}',
    '{calc:{}}',
    '{calc:1}',
    '{calc:"A"}',
    '{calc:{expr:1}}',
  ],
  ...[
    '{calc:{expr:"A",foo:1}}',
    '{calc:{expr:"A",prec:3,units:"V",time:"A"}}',
    '{calc:{expr:"A",major:"B+"}}',
  ],
  ...[
    '{calc:{expr:"A",out:{const:1}}}',
    '{calc:{expr:"A",out:{pva:"x"}}}',
    '{calc:{expr:"A",out:"x"}}',
  ],
  ...[
    '{calc:{expr:"A",args:2}}',
    '{calc:{expr:"A",prec:"x"}}',
    '{state:"x"}',
    '{state:1}',
    '{state:{}}',
    '{"":1}',
  ],
  ...[
    '{pva:"x"}',
    '{pva:{pv:"x"}}',
    '{dbstate:"x"}',
    '{trace:1}',
    '"a" "b"',
    '"a"b',
    'a"b"',
    'a$',
    '$a',
    'a=b',
    'é',
  ],
]

function jsonCases(): string[] {
  return [...json, ...longJson()].flatMap((value) => [
    `record(ai,"~"){field(INP,${value})}\n`,
    `record(ao,"~"){field(OUT,${value})}\n`,
    `record(ai,"~"){field(FLNK,${value})}\n`,
    `record(stringin,"~"){field(VAL,${value})}\n`,
    `record(ai,"~"){info(x,${value})}\n`,
  ])
}

/** Values that the parser of the IOC has just room for, and some that it has not. */
function longJson(): string[] {
  const around = (count: number) => [-2, -1, 0, 1, 2].map((more) => count + more)
  return [
    ...around(245).map((count) => `[${Array(count).fill('1').join(',')}]`),
    ...around(244).map((count) => `[${'1,'.repeat(count)}]`),
    ...around(243).map((count) => `{const:[${Array(count).fill('"a"').join(',')}]}`),
    ...around(244).map((count) => `{${'a:1,'.repeat(count)}}`),
    ...around(488).map((count) => `${'['.repeat(count)}1${']'.repeat(count)}`),
    ...around(489).map((count) => `${'['.repeat(count)}${']'.repeat(count)}`),
    ...around(163).map((count) => `${'{a:'.repeat(count)}1${'}'.repeat(count)}`),
  ]
}

/** Databases with a few characters changed: always the same ones. */
function randomDatabases(count: number): string[] {
  const sample =
    'record(ai, "~") {\n  field(DESC, "a b")\n  field(INP, {const: [1, "2"]})\n  info(q, w)\n}\nalias("~", "~b")\n'
  const pieces = [
    ...'(){}[],":\'#\\ \n',
    'field',
    'record(ai,"~c"){}',
    '"x"',
    'PREC',
    '12',
    '%',
    '=',
    '-',
  ]
  let state = 12345
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return Array.from({ length: count }, () => {
    let text = sample
    for (let changes = 1 + below(2); changes > 0; changes--) {
      const at = below(text.length)
      const cut = below(2) === 0 ? below(4) : 0
      text = text.slice(0, at) + (pieces[below(pieces.length)] ?? '') + text.slice(at + cut)
    }
    return text
  })
}
