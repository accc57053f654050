// The C++ source that makes a module known to an IOC: `<module>_registerRecordDeviceDriver`, as an
// IOC shell command too. Each declaration of a dbd has a variable `pvar_<kind>_<name>` made by
// the macros of epicsExport.h; the functions of registryCommon.h take arrays of these.

/**
 * @param {string} module its name
 * @param {ReturnType<import('./dbd.mjs').declarationsOf>} declared by its dbd
 * @returns {string} C++
 */
export function registrationSource(module, declared) {
  const groups = [
    recordTypes(declared.recordTypes),
    devices(declared.devices),
    drivers(declared.drivers),
    links(declared.links),
    registrars(declared.registrars),
    functions(declared.functions),
    variables(declared.variables),
  ].filter(({ steps }) => steps.length > 0)
  return [
    `// Registration of ${module}. Generated, do not edit.`,
    ...includes.map((header) => `#include <${header}>`),
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

const includes = [
  'stdio.h',
  'dbJLink.h',
  'dbStaticLib.h',
  'devSup.h',
  'drvSup.h',
  'iocsh.h',
  'iocshRegisterCommon.h',
  'recSup.h',
  'registryCommon.h',
]

function recordTypes(names) {
  const locations = names.map(
    (name) => `{pvar_rset_${name}RSET, pvar_func_${name}RecordSizeOffset}`,
  )
  return {
    externs: names.flatMap((name) => [
      `extern struct typed_rset *pvar_rset_${name}RSET;`,
      `extern int (*pvar_func_${name}RecordSizeOffset)(struct dbRecordType *);`,
    ]),
    steps: call(names, [
      `const char *const names[] = {${names.map(quote).join(', ')}};`,
      `const recordTypeLocation locations[] = {${locations.join(', ')}};`,
      `registerRecordTypes(base, ${names.length}, names, locations);`,
    ]),
  }
}

// One table may serve several device names.
function devices(list) {
  const symbols = [...new Set(list)]
  return {
    externs: symbols.map((symbol) => `extern dset *pvar_dset_${symbol};`),
    steps: call(list, [
      `const char *const names[] = {${symbols.map(quote).join(', ')}};`,
      `const dset *const tables[] = {${symbols.map((symbol) => `pvar_dset_${symbol}`).join(', ')}};`,
      `registerDevices(base, ${symbols.length}, names, tables);`,
    ]),
  }
}

function drivers(names) {
  return {
    externs: names.map((name) => `extern drvet *pvar_drvet_${name};`),
    steps: call(names, [
      `const char *const names[] = {${names.map(quote).join(', ')}};`,
      `drvet *const tables[] = {${names.map((name) => `pvar_drvet_${name}`).join(', ')}};`,
      `registerDrivers(base, ${names.length}, names, tables);`,
    ]),
  }
}

function links(names) {
  return {
    externs: names.map((name) => `extern jlif *pvar_jlif_${name};`),
    steps: call(names, [
      `jlif *const tables[] = {${names.map((name) => `pvar_jlif_${name}`).join(', ')}};`,
      `registerJLinks(base, ${names.length}, tables);`,
    ]),
  }
}

function registrars(names) {
  return {
    externs: names.map((name) => `extern void (*pvar_func_${name})(void);`),
    steps: names.map((name) => `    runRegistrarOnce(pvar_func_${name});`),
  }
}

// epicsRegisterFunction(f) makes a registrar with the name register_func_f.
function functions(names) {
  return registrars(names.map((name) => `register_func_${name}`))
}

// Only these two types can be set in the IOC shell (epicsExport.h).
function variables(list) {
  const shellTypes = { int: 'iocshArgInt', double: 'iocshArgDouble' }
  const rows = list.map(({ name, type }) => {
    if (shellTypes[type]) return `{${quote(name)}, ${shellTypes[type]}, pvar_${type}_${name}}`
    throw new Error(`variable(${name}, ${type}): only int and double can be registered`)
  })
  return {
    externs: list.map(({ name, type }) => `extern ${type} *pvar_${type}_${name};`),
    steps: call(list, [
      `static const iocshVarDef variables[] = {${rows.join(', ')}, {NULL, iocshArgInt, NULL}};`,
      'iocshRegisterVariable(variables);',
    ]),
  }
}

function call(list, lines) {
  return list.length === 0 ? [] : ['    {', ...lines.map((line) => `        ${line}`), '    }']
}

function quote(name) {
  return `"${name}"`
}

function registerFunction(module, steps) {
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

// The command exists as soon as the library is loaded.
function shellCommand(module) {
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
