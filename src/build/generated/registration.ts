import type { Declarations } from './declarations.ts'

/**
 * The C++ source that makes a module known to an IOC: `<module>_registerRecordDeviceDriver`, which is
 * a command of the IOC shell as soon as the library is loaded. Each declaration of a dbd file has a
 * variable `pvar_<kind>_<name>` made by the macros of epicsExport.h; the functions of registryCommon.h
 * take arrays of these. `iocshRegisterCommon` is not called: the IOC did it.
 *
 * @param module - a C identifier
 */
export function registrationSource(module: string, declared: Declarations): string {
  const groups = [
    recordTypes(declared.recordTypes),
    devices(declared.devices),
    pointers('drvet', declared.drivers, 'registerDrivers', true),
    pointers('jlif', declared.links, 'registerJLinks', false),
    registrars(declared.registrars),
    // epicsRegisterFunction(f) makes a registrar with the name register_func_f.
    registrars(declared.functions.map((name) => `register_func_${name}`)),
    variables(declared.variables),
  ]
  return [
    `// Registration of ${module}. Generated, do not edit.`,
    ...headers,
    '',
    'extern "C" {',
    ...groups.flatMap(({ externs }) => externs),
    '}',
    '',
    ...registerFunction(
      module,
      groups.flatMap(({ steps }) => steps),
    ),
    '',
    ...shellCommand(module),
    '',
  ].join('\n')
}

const headers = [
  '#ifndef USE_TYPED_RSET',
  '#define USE_TYPED_RSET',
  '#endif',
  '#ifndef USE_TYPED_DSET',
  '#define USE_TYPED_DSET',
  '#endif',
  ...[
    'stdio.h',
    'dbStaticLib.h',
    // Up to 7.0.4 it uses macros of a header which it does not include.
    'dbJLink.h',
    'devSup.h',
    'drvSup.h',
    'epicsVersion.h',
    'iocsh.h',
    'iocshRegisterCommon.h',
    'recSup.h',
    'registryCommon.h',
  ].map((header) => `#include <${header}>`),
  // Since then no registrar runs twice, whoever asks for it.
  '#if EPICS_VERSION_INT < VERSION_INT(7, 0, 5, 0)',
  '#define runRegistrarOnce(registrar) (registrar)()',
  '#endif',
]

/** Lines that declare variables, and lines of the function that registers them. */
interface Group {
  readonly externs: readonly string[]
  readonly steps: readonly string[]
}

function recordTypes(names: readonly string[]): Group {
  const locations = names.map(
    (name) => `{pvar_rset_${name}RSET, pvar_func_${name}RecordSizeOffset}`,
  )
  return {
    externs: names.flatMap((name) => [
      `extern struct typed_rset *pvar_rset_${name}RSET;`,
      `extern int (*pvar_func_${name}RecordSizeOffset)(struct dbRecordType *);`,
    ]),
    steps: block(names, [
      `const char *const names[] = {${names.map(quote).join(', ')}};`,
      // base keeps pointers to these.
      `static const recordTypeLocation locations[] = {${locations.join(', ')}};`,
      `registerRecordTypes(base, ${names.length}, names, locations);`,
    ]),
  }
}

function devices(names: readonly string[]): Group {
  const tables = names.map((name) => `pvar_dset_${name}`)
  return {
    externs: tables.map((table) => `extern dset *${table};`),
    steps: block(names, [
      `const char *const names[] = {${names.map(quote).join(', ')}};`,
      `const dset *const tables[] = {${tables.join(', ')}};`,
      `registerDevices(base, ${names.length}, names, tables);`,
    ]),
  }
}

/** Tables of one type, with their names where they have some. */
function pointers(
  type: 'drvet' | 'jlif',
  names: readonly string[],
  call: string,
  isNamed: boolean,
): Group {
  const tables = names.map((name) => `pvar_${type}_${name}`)
  return {
    externs: tables.map((table) => `extern ${type} *${table};`),
    steps: block(names, [
      ...(isNamed ? [`const char *const names[] = {${names.map(quote).join(', ')}};`] : []),
      `${type} *const tables[] = {${tables.join(', ')}};`,
      `${call}(base, ${names.length}, ${isNamed ? 'names, ' : ''}tables);`,
    ]),
  }
}

function registrars(names: readonly string[]): Group {
  return {
    externs: names.map((name) => `extern void (*pvar_func_${name})(void);`),
    steps: names.map((name) => `    runRegistrarOnce(pvar_func_${name});`),
  }
}

function variables(list: Declarations['variables']): Group {
  const rows = list.map(({ name, type }) => {
    const kind = type === 'double' ? 'iocshArgDouble' : 'iocshArgInt'
    return `{${quote(name)}, ${kind}, pvar_${type}_${name}}`
  })
  return {
    externs: list.map(({ name, type }) => `extern ${type} *pvar_${type}_${name};`),
    steps: block(list, [
      `static const iocshVarDef variables[] = {${rows.join(', ')}, {NULL, iocshArgInt, NULL}};`,
      'iocshRegisterVariable(variables);',
    ]),
  }
}

function block(list: readonly unknown[], lines: readonly string[]): string[] {
  return list.length === 0 ? [] : ['    {', ...lines.map((line) => `        ${line}`), '    }']
}

function quote(name: string): string {
  return `"${name}"`
}

function registerFunction(module: string, steps: readonly string[]): string[] {
  return [
    `extern "C" int ${module}_registerRecordDeviceDriver(DBBASE *base)`,
    '{',
    '    static bool done = false;',
    '    if (!base) {',
    `        fprintf(stderr, "${module}: load its dbd file first\\n");`,
    '        return -1;',
    '    }',
    '    if (done) {',
    `        fprintf(stderr, "${module} is registered already\\n");`,
    '        return 0;',
    '    }',
    '    done = true;',
    ...steps,
    '    return 0;',
    '}',
  ]
}

function shellCommand(module: string): string[] {
  const command = `${module}_registerRecordDeviceDriver`
  return [
    'namespace {',
    'const iocshArg baseArg = {"pdbbase", iocshArgPdbbase};',
    'const iocshArg *const args[] = {&baseArg};',
    `const iocshFuncDef definition = {"${command}", 1, args, "Registers ${module}.\\n"};`,
    'void run(const iocshArgBuf *args)',
    '{',
    `    iocshSetError(${command}(static_cast<DBBASE *>(args[0].vval)));`,
    '}',
    'struct AtLoad {',
    '    AtLoad() { iocshRegister(&definition, run); }',
    '} atLoad;',
    '} // namespace',
  ]
}
