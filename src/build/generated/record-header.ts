import { readStatements, type Statement } from '../../database/statements.ts'
import { inComment } from './menu-header.ts'

/** The two parts of the header of a record type, the menus stand between them. */
interface RecordHeader {
  /** Its lines of C code. */
  readonly code: string
  /** The structure, the numbers of the fields and the function that tells their places. */
  readonly declaration: string
}

/** @param body - what is between the braces of the record type, without includes */
export function recordDeclaration(type: string, body: string): RecordHeader {
  const { statements, code } = readStatements(body, { start: 0, end: body.length }, () => {})
  const fields = statements.filter(({ keyword }) => keyword === 'field')
  const names = fields.map(({ values }) => values[0] ?? '')
  const lines = code.map(({ start, end }) => body.slice(start, end).replace(/^%/, ''))
  return {
    code: lines.map((line) => `${line.trimEnd()}\n`).join(''),
    declaration: [
      `typedef struct ${type}Record {`,
      ...fields.map((field) => `    ${memberOf(body, field)}`),
      `} ${type}Record;`,
      '',
      'typedef enum {',
      names.map((name, index) => `    ${type}Record${name} = ${index}`).join(',\n'),
      `} ${type}FieldIndex;`,
      '',
      '#ifdef GEN_SIZE_OFFSET',
      ...sizeOffset(type, names),
      '#endif /* GEN_SIZE_OFFSET */',
      '',
    ].join('\n'),
  }
}

/** C types by type of field; strings, and what has a declaration of its own, apart. */
const types: Readonly<Record<string, string>> = {
  DBF_CHAR: 'epicsInt8',
  DBF_UCHAR: 'epicsUInt8',
  DBF_SHORT: 'epicsInt16',
  DBF_USHORT: 'epicsUInt16',
  DBF_LONG: 'epicsInt32',
  DBF_ULONG: 'epicsUInt32',
  DBF_INT64: 'epicsInt64',
  DBF_UINT64: 'epicsUInt64',
  DBF_FLOAT: 'epicsFloat32',
  DBF_DOUBLE: 'epicsFloat64',
  DBF_ENUM: 'epicsEnum16',
  DBF_MENU: 'epicsEnum16',
  DBF_DEVICE: 'epicsEnum16',
  DBF_INLINK: 'DBLINK',
  DBF_OUTLINK: 'DBLINK',
  DBF_FWDLINK: 'DBLINK',
}

function memberOf(body: string, { values, body: braces }: Statement): string {
  const [name = '', kind = ''] = values
  const attributes = braces ? readStatements(body, braces, () => {}).statements : []
  const attribute = (keyword: string): string | undefined =>
    attributes.find((one) => one.keyword === keyword)?.values[0]
  const member = memberName(name)
  const prompt = attribute('prompt')
  const comment = prompt === undefined ? '' : ` /* ${inComment(prompt)} */`
  switch (kind) {
    case 'DBF_STRING':
      return `char ${member}[${attribute('size') ?? '0'}];${comment}`
    case 'DBF_NOACCESS':
      return `${attribute('extra') ?? `void *${member}`};${comment}`
    default:
      return `${types[kind] ?? 'epicsInt32'} ${member};${comment}`
  }
}

/** DBD/Recfield.pm: in small letters, unless that is a word of C or C++. */
function memberName(field: string): string {
  const name = field.toLowerCase()
  return reserved.has(name) ? field : name
}

const reserved: ReadonlySet<string> = new Set(
  (
    'alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl const ' +
    'constexpr const_cast continue decltype default delete do double dynamic_cast else enum explicit ' +
    'export extern false float for friend goto if inline int long mutable namespace new noexcept not ' +
    'not_eq nullptr operator or or_eq private protected public register reinterpret_cast restrict ' +
    'return short signed sizeof static static_assert static_cast struct switch template this ' +
    'thread_local throw true try typedef typeid typename typeof union unsigned using virtual void ' +
    'volatile wchar_t while xor xor_eq'
  ).split(' '),
)

/** dbStaticLib calls it to learn sizes and offsets; a record type of another dbd file is refused. */
function sizeOffset(type: string, names: readonly string[]): string[] {
  const record = `${type}Record`
  const rows = names.map((name) => {
    const member = memberName(name)
    const field = `prt->papFldDes[${record}${name}]`
    return (
      `    ${field}->size = sizeof(prec->${member});\n` +
      `    ${field}->offset = (unsigned short)offsetof(${record}, ${member});`
    )
  })
  return [
    '#include <stddef.h>',
    '#include <cantProceed.h>',
    '#include <epicsExport.h>',
    '#ifdef __cplusplus',
    'extern "C" {',
    '#endif',
    `static int ${record}SizeOffset(dbRecordType *prt)`,
    '{',
    `    ${record} *prec = 0;`,
    `    if (prt->no_fields != ${names.length})`,
    `        cantProceed("${record} was compiled with ${names.length} fields, its dbd file has %d\\n",`,
    '            prt->no_fields);',
    ...rows,
    '    prt->rec_size = sizeof(*prec);',
    '    return 0;',
    '}',
    `epicsExportRegistrar(${record}SizeOffset);`,
    '#ifdef __cplusplus',
    '}',
    '#endif',
  ]
}
