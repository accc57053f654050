import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLibraryFiles } from '../../../../src/host/library-files.ts'
import type { CheckedModule, LibraryCheckInput } from '../../../../src/modules/check/input.ts'
import { checkLibraries, type LibraryCheck } from '../../../../src/modules/check/library-check.ts'
import type { Diagnostic } from '../../../../src/text/diagnostic.ts'
import { formatPlace, spanOf } from '../../../../src/text/span.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { openWorkshop, type Workshop } from '../../../support/shared-objects.ts'

let workshop: Workshop
let base: LibraryCheckInput['base']

/** A base with the few symbols that matter here, and the libraries of another one. */
beforeAll(() => {
  workshop = openWorkshop()
  const soname = (name: string): string => `-Wl,-soname,${name}`
  const lib = `${workshop.directory}/base/lib/linux-x86_64`
  const link = ['-Wl,--no-as-needed', `-L${lib}`, `-Wl,-rpath-link,${lib}`]
  workshop.write('base/lib/linux-x86_64/x', '')
  workshop.write('base/bin/linux-x86_64/x', '')
  workshop.write('base/dbd/base.dbd', 'registrar(notThere)')
  workshop.write('other/x', '')
  const libCom = 'void iocshRegister(void *a, void *b) {} void errlogPrintf(const char *a) {}'
  workshop.compile('base/lib/linux-x86_64/libCom.so.7.9', libCom, [soname('libCom.so.7.9')])
  workshop.compile(
    'base/lib/linux-x86_64/libdbCore.so.7.9',
    'int registerAllRecordDeviceDrivers(void *a) { return 0; } void *pvar_dset_devOfBase;',
    [soname('libdbCore.so.7.9'), ...link, '-l:libCom.so.7.9'],
  )
  const rpath = '-Wl,-rpath,$ORIGIN/../../lib/linux-x86_64'
  for (const [name, ...tags] of [['softIocPVA', '-Wl,--disable-new-dtags'], ['withRunpath']]) {
    workshop.compile(`base/bin/linux-x86_64/${name}`, 'int main(void) { return 0; }', [
      ...['-pie', ...link, '-l:libdbCore.so.7.9', rpath, ...tags],
    ])
  }
  workshop.compile('other/libCom.so.3.23.2', 'void f(void) {}', [soname('libCom.so.3.23.2')])
  base = {
    arch: 'linux-x86_64',
    libraryDirectory: lib,
    libraries: ['libCom.so', 'libCom.so.7.9', 'libdbCore.so', 'libdbCore.so.7.9'],
    executable: `${workshop.directory}/base/bin/linux-x86_64/softIocPVA`,
    dbdDirectory: `${workshop.directory}/base/dbd`,
  }
}, 60_000)

afterAll(() => workshop.remove())

describe('how a module is registered', () => {
  const command = 'void iocshRegister(void*, void*); void F(void) { iocshRegister(0, F); }'

  test.each([
    ['function', command.replaceAll('F', 'one_registerRecordDeviceDriver'), 'registrar(r)'],
    ['all', 'int nothing;', 'registrar(r)'],
    ['all', 'void one_registerRecordDeviceDriver(void) {}', 'registrar(r)'],
    ['all', 'int nothing;', 'menu(m) { choice(c, "c") }'],
  ])('%s', (expected, code, dbd) => {
    const { registrations, diagnostics } = check([
      make({ name: 'one', code: `${code} void *pvar_func_r;`, dbd }),
    ])
    expect(diagnostics).toEqual([])
    expect(registrations.get('one')).toBe(expected)
  })

  test('a base without registerAllRecordDeviceDrivers', () => {
    const old = { ...base, libraries: ['libCom.so.7.9'] }
    const { executable: _, ...bare } = old
    const { diagnostics } = check([make({ code: 'void *pvar_func_r;', dbd: 'registrar(r)' })], {
      base: bare,
    })
    expect(codesOf(diagnostics)).toEqual(['REGISTRATION_IMPOSSIBLE'])
  })

  test('a module without a library loads no dbd', () => {
    const { library: _, ...module } = make({ name: 'data', code: '', dbd: 'registrar(nowhere)' })
    expect(check([module])).toEqual({ registrations: new Map([['data', 'none']]), diagnostics: [] })
  })
})

describe('symbols of the dbd file', () => {
  const all = `
    recordtype(sim) { field(A, DBF_LONG) { prompt("a") } }
    device(ai, INST_IO, devAiSim, "Sim")
    device(bi, INST_IO, devOfBase, "of base")
    driver(drvSim)
    link(sim, lnkSimIf)
    registrar(simRegistrar)
    function(simProcess)
    variable(simDebug, int)
    variable(simLimit, double)
  `
  const code = `void *pvar_rset_simRSET, *pvar_func_simRecordSizeOffset, *pvar_dset_devAiSim,
    *pvar_drvet_drvSim, *pvar_jlif_lnkSimIf, *pvar_func_simRegistrar,
    *pvar_func_register_func_simProcess, *pvar_int_simDebug, *pvar_double_simLimit;`

  test('all are there', () => {
    expect(check([make({ code, dbd: all })]).diagnostics).toEqual([])
  })

  test.each([
    ['pvar_rset_simRSET', 'record support simRSET', 'epicsExportAddress(rset, simRSET);'],
    ['pvar_func_simRecordSizeOffset', 'record layout simRecordSizeOffset', 'epicsExportRegistrar('],
    ['pvar_dset_devAiSim', 'device support devAiSim', 'epicsExportAddress(dset, devAiSim);'],
    ['pvar_drvet_drvSim', 'driver drvSim', 'epicsExportAddress(drvet, drvSim);'],
    ['pvar_jlif_lnkSimIf', 'link support lnkSimIf', 'epicsExportAddress(jlif, lnkSimIf);'],
    ['pvar_func_simRegistrar', 'registrar simRegistrar', 'epicsExportRegistrar(simRegistrar);'],
    ['pvar_func_register_func_simProcess', 'function simProcess', 'epicsRegisterFunction('],
    ['pvar_int_simDebug', 'variable simDebug', 'epicsExportAddress(int, simDebug);'],
    ['pvar_double_simLimit', 'variable simLimit', 'epicsExportAddress(double, simLimit);'],
  ])('%s is missing', (symbol, what, source) => {
    const module = make({ code: code.replace(symbol, 'unrelated'), dbd: all })
    const [found, ...others] = check([module]).diagnostics
    expect(others).toEqual([])
    expect(found).toMatchObject({
      code: 'DBD_SYMBOL_MISSING',
      message: `${what} is not in the library of one 1.0.0`,
    })
    expect(found?.notes[0]?.message).toContain(symbol)
    expect(found?.hint).toContain(source)
    expect(place(found)).toMatch(/one\.dbd:\d+:5$/)
  })

  test('several that are missing are one message, a near name is offered', () => {
    const dbd = 'device(ai,INST_IO,devAiSimm,"a")\nregistrar(other)'
    const { diagnostics } = check([make({ code, dbd })])
    expect(diagnostics).toMatchObject([
      {
        code: 'DBD_SYMBOL_MISSING',
        message:
          'device support devAiSimm and 1 more of its dbd are not in the library of one 1.0.0',
        hint: 'did you mean "devAiSim"?',
      },
    ])
  })

  test('a dependency may have them', () => {
    const first = make({ name: 'first', code: 'void *pvar_dset_devX;' })
    const second = make({ name: 'second', code: 'int b;', dbd: 'device(ai,INST_IO,devX,"x")' })
    expect(check([first, second]).diagnostics).toEqual([])
  })

  test('a hand-written registration that knows the name is trusted', () => {
    const written = `void iocshRegister(void*, void*); void use(const char*);
      void one_registerRecordDeviceDriver(void) {
        iocshRegister(0, 0); errlogPrintf("devAiOwn"); }`
    const code = `void errlogPrintf(const char*); ${written.replace('void use(const char*);', '')}`
    const dbd = 'device(ai,INST_IO,devAiOwn,"own")'
    expect(check([make({ code, dbd })]).diagnostics).toEqual([])
    const other = make({ name: 'one', code, dbd: 'device(ai,INST_IO,devAiNew,"new")' })
    expect(codesOf(check([other]).diagnostics)).toEqual(['DBD_SYMBOL_MISSING'])
  })

  test('variables of other types', () => {
    const { diagnostics } = check([
      make({ code: 'void *pvar_float_x;', dbd: 'variable(x, float)' }),
    ])
    expect(diagnostics).toMatchObject([{ code: 'DBD_VARIABLE_TYPE', hint: 'variable(x, int)' }])
    expect(place(diagnostics[0])).toMatch(/one\.dbd:1:1$/)
  })

  test('included files are read, but not those of base', () => {
    const module = make({ code: 'int a;', dbd: 'include "more.dbd"\ninclude "base.dbd"' })
    workshop.write('one/dbd/more.dbd', 'include "one.dbd"\nregistrar(fromMore)')
    const { diagnostics } = check([module])
    expect(diagnostics).toMatchObject([{ code: 'DBD_SYMBOL_MISSING' }])
    expect(place(diagnostics[0])).toMatch(/more\.dbd:2:1$/)
  })

  test('an included file that is missing, a dbd file that is missing or wrong', () => {
    const module = make({ code: 'int a;', dbd: 'include "nowhere.dbd"\n}' })
    expect(codesOf(check([module]).diagnostics)).toEqual(['DBD_SYNTAX', 'FILE_NOT_FOUND'])
    const missing = { ...module, dbd: '/nowhere/one.dbd' }
    expect(codesOf(check([missing]).diagnostics)).toEqual(['FILE_UNREADABLE'])
  })
})

describe('the version that was compiled in', () => {
  test('another one', () => {
    const at = spanOf({ name: 'st.cmd', text: 'require one' }, 0, 11)
    const module = make({ code: 'int a;', release: '2.0.0', at })
    const { diagnostics } = check([module])
    expect(diagnostics).toMatchObject([
      {
        code: 'LIBRARY_RELEASE_MISMATCH',
        message: 'the library of one 1.0.0 says it is version "2.0.0"',
        hint: 'build one 1.0.0 again',
        at: { source: { name: module.library }, from: { message: 'required here', at } },
      },
    ])
  })

  test('that of the directory to which a link leads', () => {
    const module = make({ code: 'int a;', release: '2.0.0' })
    expect(check([{ ...module, builtAs: '2.0.0' }]).diagnostics).toEqual([])
  })

  test.each<[string, string, readonly string[], string]>([
    ['its name is free', '"2.0.0"', [], 'mv -T DIR/1.0.0 DIR/2.0.0 or build moved 1.0.0 again'],
    [
      'it is installed, too',
      '"2.0.0"',
      ['2.0.0'],
      'require moved,2.0.0 or build moved 1.0.0 again',
    ],
    ['no version', '"1 0"', [], 'write in its source: char _movedLibRelease[] = "1.0.0";'],
  ])('another one: %s', (_, text, others, expected) => {
    const path = (version: string) => `tree${others.length}/moved/${version}/lib/x/libmoved.so`
    for (const version of others) workshop.write(path(version), '')
    const library = workshop.compile(path('1.0.0'), `char _movedLibRelease[] = ${text};`)
    const module = { ...make({ name: 'moved', code: 'int a;' }), library }
    const { diagnostics } = check([module])
    expect(codesOf(diagnostics)).toEqual(['LIBRARY_RELEASE_MISMATCH'])
    const folder = `${workshop.directory}/tree${others.length}/moved`
    expect(diagnostics[0]?.hint).toBe(expected.replaceAll('DIR', folder))
  })

  test('none', () => {
    expect(check([make({ code: 'int a;', release: null })]).diagnostics).toMatchObject([
      { code: 'LIBRARY_RELEASE_UNKNOWN', severity: 'info' },
    ])
  })
})

describe('libraries that are needed', () => {
  test('those of another base', () => {
    const flags = [`-L${workshop.directory}/other`, '-l:libCom.so.3.23.2']
    const { diagnostics } = check([make({ code: 'extern int nowhere; int *a = &nowhere;', flags })])
    expect(diagnostics).toMatchObject([
      {
        code: 'LIBRARY_OTHER_BASE',
        message: 'module one 1.0.0 is built for another base: it needs libCom.so.3.23.2',
      },
    ])
    const notes = diagnostics[0]?.notes.map(({ message }) => message).join('\n')
    expect(notes).toContain('the running base has libCom.so.7.9')
    expect(notes).toContain('two copies of libCom in one process corrupt the heap')
  })

  test('those of another base, through a library of the module', () => {
    const other = [`-L${workshop.directory}/other`, '-Wl,--no-as-needed', '-l:libCom.so.3.23.2']
    workshop.compile('other/libvendor.so', 'int vendor;', other)
    const flags = [
      `-L${workshop.directory}/other`,
      '-lvendor',
      `-Wl,-rpath,${workshop.directory}/other`,
    ]
    const { diagnostics } = check([make({ code: 'int a;', flags })])
    expect(codesOf(diagnostics)).toEqual(['LIBRARY_OTHER_BASE'])
    expect(diagnostics[0]?.notes.at(-1)?.message).toBe(
      'libCom.so.3.23.2 is needed through libone.so > libvendor.so',
    )
  })

  test('the running base itself', () => {
    const flags = [`-L${base.libraryDirectory}`, '-l:libdbCore.so.7.9', '-l:libCom.so.7.9']
    expect(check([make({ code: 'int a;', flags })]).diagnostics).toEqual([])
  })

  test('a second file of the running base, by its short name', () => {
    const flags = [`-L${base.libraryDirectory}`, '-l:libCom.so.7.9']
    const module = make({ code: 'int a;', flags })
    patch(module, 'libCom.so.7.9\0', 'libCom.so\0\0\0\0\0')
    const libCom = readFileSync(`${base.libraryDirectory}/libCom.so.7.9`)
    const short = workshop.write('base/lib/linux-x86_64/libCom.so', libCom)
    expect(codesOf(check([module]).diagnostics)).toEqual(['LIBRARY_OTHER_COPY'])
    rmSync(short)
    symlinkSync('libCom.so.7.9', short)
    expect(check([module]).diagnostics).toEqual([])
  })

  test('one that is not installed', () => {
    workshop.compile('other/libgone.so', 'int gone;')
    const flags = [`-L${workshop.directory}/other`, '-lgone', '-Wl,-rpath,$ORIGIN/vendor']
    const module = make({ code: 'extern int gone; int *a = &gone;', flags })
    const { diagnostics } = check([module])
    expect(diagnostics).toMatchObject([{ code: 'LIBRARY_NOT_FOUND' }])
    expect(diagnostics[0]?.message).toBe(`libgone.so is not installed, ${module.library} needs it`)
    const origin = module.library?.replace('/libone.so', '')
    expect(diagnostics[0]?.notes[0]?.message).toContain(`${origin}/vendor`)
    const found = check([module], { libraryPath: ['', `${workshop.directory}/other`] })
    expect(found.diagnostics).toEqual([])
  })

  describe('where the loader searches', () => {
    const vendor = () => `${workshop.directory}/vendor`
    const linked = (name: string) => ['-Wl,--no-as-needed', `-L${vendor()}`, `-l${name}`]
    const codes = (flags: readonly string[], more: Partial<LibraryCheckInput> = {}) =>
      codesOf(
        check([make({ code: 'int a;', flags: [...linked('outer'), ...flags] })], more).diagnostics,
      )
    const rpath = (path: string) => ['-Wl,--disable-new-dtags', `-Wl,-rpath,${path}`]
    const runpath = (path: string) => ['-Wl,--enable-new-dtags', `-Wl,-rpath,${path}`]

    /** libouter.so, which needs libinner.so of the same folder. */
    function outer(flags: readonly string[] = []): void {
      workshop.compile('vendor/libinner.so', 'int inner;')
      workshop.compile('vendor/libouter.so', 'int outer;', [...linked('inner'), ...flags])
    }

    test.each<[string, () => readonly string[], () => readonly string[], readonly string[]]>([
      ['an RPATH holds for what is loaded through it', () => rpath(vendor()), () => [], []],
      ['a RUNPATH does not', () => runpath(vendor()), () => [], ['LIBRARY_NOT_FOUND']],
      [
        'an RPATH does not for a library with a RUNPATH',
        () => rpath(vendor()),
        () => runpath('/nowhere'),
        ['LIBRARY_NOT_FOUND'],
      ],
      ['$ORIGIN', () => runpath('$ORIGIN/../../vendor'), () => runpath('${ORIGIN}'), []],
    ])('%s', (_, own, ofOuter, expected) => {
      outer(ofOuter())
      expect(codes(own())).toEqual(expected)
    })

    test.each(['$PLATFORM', '${PLATFORM}', '$LIB', '${LIB}'])('%s', (token) => {
      const folder = token.includes('LIB') ? 'lib64' : 'x86_64'
      workshop.compile(`${folder}/libouter.so`, 'int outer;')
      outer()
      expect(codes(runpath(`${workshop.directory}/${token}`))).toEqual([])
    })

    test('libraries of base: by the RPATH of the executable, not by its RUNPATH', () => {
      const name = 'libextra.so'
      const lib = base.libraryDirectory
      workshop.compile(`base/lib/linux-x86_64/${name}`, 'int extra;')
      const libraries = [...base.libraries, name]
      const module = make({ code: 'int a;', flags: ['-Wl,--no-as-needed', `-L${lib}`, '-lextra'] })
      const codesWith = (one: LibraryCheckInput['base']) =>
        codesOf(check([module], { base: { ...one, libraries } }).diagnostics)
      expect(codesWith(base)).toEqual([])
      expect(codesWith(withRunpath())).toEqual(['LIBRARY_NOT_FOUND'])
    })
  })

  describe('what they need in turn', () => {
    const flags = () => [
      `-L${workshop.directory}/vendor`,
      '-lvendor',
      '-Wl,-rpath,$ORIGIN/../../vendor',
    ]
    const undefinedData = 'extern int nowhere; int *p = &nowhere;'

    test('symbols that nobody exports', () => {
      const library = workshop.compile('vendor/libvendor.so', undefinedData)
      expect(check([make({ code: 'int a;', flags: flags() })]).diagnostics).toMatchObject([
        {
          code: 'LIBRARY_SYMBOL_MISSING',
          message: `${library} needs the symbol nowhere, which no library exports`,
          notes: [{ message: 'libvendor.so is needed through libone.so' }],
          at: { source: { name: library } },
        },
      ])
      const code = 'int nowhere;'
      expect(check([make({ code, flags: flags() })]).diagnostics).toEqual([])
      const before = make({ name: 'before', code })
      const user = make({ name: 'user', code: 'int b;', flags: flags() })
      expect(check([before, user]).diagnostics).toEqual([])
      expect(check([user, before]).diagnostics).toMatchObject([
        {
          hint: 'load before before it: add the line "before 1.0.0" to the .dep file of module user 1.0.0',
        },
      ])
    })

    test('versions that this machine does not have', () => {
      const code = '#include <stdio.h>\nint v(void) { return puts("x"); }'
      const library = workshop.compile('vendor/libvendor.so', code)
      patchFile(library, 'GLIBC_2.2.5\0', 'GLIBC_9.2.5\0')
      const { diagnostics } = check([make({ code: 'int a;', flags: flags() })])
      expect(diagnostics).toMatchObject([
        {
          code: 'LIBRARY_TOO_OLD',
          message: `${library} needs GLIBC_9.2.5 of libc.so.6, which this machine does not have`,
        },
      ])
    })

    test('of a library that a script loads', () => {
      workshop.compile('vendor/libvendor.so', undefinedData)
      const path = workshop.compile('own/lib/libown.so', 'int own;', [
        ...['-Wl,--no-as-needed', '-Wl,--allow-shlib-undefined', ...flags()],
      ])
      const { diagnostics } = check([], { otherLibraries: [{ path }] })
      expect(codesOf(diagnostics)).toEqual(['LIBRARY_SYMBOL_MISSING'])
    })
  })

  test("another module's library: loaded before, not loaded yet, another copy", () => {
    const first = make({ name: 'first', code: 'int first;' })
    const folder = first.library?.replace('/libfirst.so', '')
    const flags = [`-L${folder}`, '-lfirst']
    const second = make({ name: 'second', code: 'extern int first; int *a = &first;', flags })
    expect(codesOf(check([second]).diagnostics)).toEqual(['LIBRARY_NOT_FOUND'])
    const [late] = check([second, first]).diagnostics
    expect(late?.hint).toBe('load first first: add the line "first 1.0.0" to the .dep file')

    const run = `-Wl,-rpath,${workshop.directory}/copy`
    workshop.compile('copy/libfirst.so', 'int first;')
    const third = make({ name: 'third', code: 'int a;', flags: [...flags, run] })
    expect(codesOf(check([first, third]).diagnostics)).toEqual(['LIBRARY_OTHER_COPY'])

    const named = make({ name: 'first', code: 'int first;', flags: ['-Wl,-soname,libfirst.so'] })
    expect(check([named, second, third]).diagnostics).toEqual([])
  })

  test('a copy of a module that a script loads itself', () => {
    const first = make({ name: 'first', code: 'int first;' })
    const copy = workshop.compile('copy/libfirst.so', 'int first;')
    const at = spanOf({ name: 'st.cmd', text: 'dlload x' })
    for (const behind of [0, 1]) {
      const { diagnostics } = check([first], { otherLibraries: [{ path: copy, at, behind }] })
      expect(diagnostics).toMatchObject([{ code: 'LIBRARY_TWICE', at }])
      expect(diagnostics[0]?.notes.at(-1)?.message).toBe(
        `both would be loaded, and calls go to the first one: ${behind === 0 ? copy : first.library}`,
      )
    }
    const same = [{ path: first.library ?? '', at }]
    expect(check([first], { otherLibraries: same }).diagnostics).toEqual([])
  })

  test('a library that a script loads behind a module may need it', () => {
    const first = make({ name: 'first', code: 'int first;' })
    const path = workshop.compile('own/lib/libown.so', 'extern int first; int *p = &first;', [
      '-Wl,--allow-shlib-undefined',
    ])
    expect(check([first], { otherLibraries: [{ path, behind: 1 }] }).diagnostics).toEqual([])
    const before = check([first], { otherLibraries: [{ path, behind: 0 }] }).diagnostics
    expect(before).toMatchObject([
      { code: 'LIBRARY_SYMBOL_MISSING', hint: 'load first before it: require first 1.0.0' },
    ])
  })

  describe('a name without a path that a script loads', () => {
    const at = spanOf({ name: 'st.cmd', text: 'dlload x' })
    const named = (path: string, behind = 0) => ({ otherLibraries: [{ path, at, behind }] })
    const folder = () => `${workshop.directory}/copy`

    test.each(['libm.so.6', 'libCom.so.7.9'])('%s is there', (name) => {
      expect(check([], named(name)).diagnostics).toEqual([])
    })

    test('it is found nowhere', () => {
      expect(check([], named('libgone.so')).diagnostics).toMatchObject([
        {
          code: 'LIBRARY_NOT_FOUND',
          message: 'libgone.so is not installed, a dlload line names it',
          at,
        },
      ])
    })

    test('that of a module, which is loaded already or not yet', () => {
      const first = make({ name: 'first', code: 'int a;', flags: ['-Wl,-soname,libfirst.so'] })
      expect(check([first], named('libfirst.so', 1)).diagnostics).toEqual([])
      expect(check([first], named('libfirst.so')).diagnostics).toMatchObject([
        { code: 'LIBRARY_NOT_FOUND', hint: 'remove the line: require first loads it' },
      ])
      const libraryPath = [folder()]
      workshop.compile('copy/libfirst.so', 'int a;')
      const { diagnostics } = check([first], { ...named('libfirst.so'), libraryPath })
      expect(codesOf(diagnostics)).toEqual(['LIBRARY_TWICE'])
    })

    test('one of LD_LIBRARY_PATH is looked into', () => {
      workshop.compile('copy/libown.so', 'extern int nowhere; int *p = &nowhere;', [
        '-Wl,--allow-shlib-undefined',
      ])
      const { diagnostics } = check([], { ...named('libown.so'), libraryPath: [folder()] })
      expect(codesOf(diagnostics)).toEqual(['LIBRARY_SYMBOL_MISSING'])
    })
  })

  test('a copy of a module in LD_PRELOAD; others of these are passed over by the loader', () => {
    const first = make({ name: 'first', code: 'int first;' })
    const copy = workshop.compile('copy/libfirst.so', 'int first;')
    const preloaded = (path: string) => ({ otherLibraries: [{ path, isPreloaded: true }] })
    const [found, ...others] = check([first], preloaded(copy)).diagnostics
    expect(others).toEqual([])
    expect(found).toMatchObject({
      code: 'LIBRARY_OTHER_COPY',
      notes: [{ message: `both would be loaded, and calls go to the first one: ${copy}` }],
      hint: 'take it out of LD_PRELOAD, require first,1.0.0 loads the library',
    })
    for (const path of [first.library ?? '', '/nowhere/libx.so', `${workshop.directory}`]) {
      expect(check([first], preloaded(path)).diagnostics).toEqual([])
    }
  })

  test('a library of the system that the base does not use', () => {
    const flags = ['-Wl,--no-as-needed', '-lm', '-lstdc++']
    const code = 'extern double cos(double); double a(double b) { return cos(b); }'
    expect(check([make({ code, flags })]).diagnostics).toEqual([])
  })

  test('a version of the system that is newer than this one', () => {
    const module = make({ code: '#include <stdio.h>\nint a(void) { return puts("x"); }' })
    patch(module, 'GLIBC_2.2.5\0', 'GLIBC_9.2.5\0')
    expect(check([module]).diagnostics).toMatchObject([
      {
        code: 'LIBRARY_TOO_OLD',
        message:
          'module one 1.0.0 needs GLIBC_9.2.5 of libc.so.6, which this machine does not have',
      },
    ])
  })
})

describe('LD_LIBRARY_PATH', () => {
  test.each(['libdbCore.so.7.9', 'libCom.so.7.9'])(
    'it leads the executable to the %s of another folder',
    (name) => {
      workshop.write(`hijack/${name}/${name}`, readFileSync(`${base.libraryDirectory}/${name}`))
      const folder = `${workshop.directory}/hijack/${name}`
      const libraryPath = ['', folder, base.libraryDirectory]
      const { diagnostics } = check([], { libraryPath, base: withRunpath() })
      expect(diagnostics).toMatchObject([{ code: 'LIBRARY_OTHER_COPY', severity: 'warning' }])
      expect(diagnostics[0]?.message).toContain(folder)
      const first = [base.libraryDirectory, folder]
      expect(check([], { libraryPath: first, base: withRunpath() }).diagnostics).toEqual([])
      expect(check([], { libraryPath }).diagnostics).toEqual([])
    },
  )
})

describe('symbols that are needed', () => {
  const needy =
    'extern int a1, a2; int *p[] = { &a1, &a2 }; void weak(void) __attribute__((weak)); void *w = weak;'

  test('nobody has them', () => {
    expect(check([make({ code: needy })]).diagnostics).toMatchObject([
      {
        code: 'LIBRARY_SYMBOL_MISSING',
        message: 'module one 1.0.0 needs 2 symbols which no library exports: a1, a2',
      },
    ])
  })

  test('a module that is loaded before has them, or one that is loaded too late', () => {
    const owner = make({ name: 'owner', code: 'int a1, a2;' })
    const user = make({ name: 'user', code: needy })
    expect(check([owner, user]).diagnostics).toEqual([])
    const [late] = check([user, owner]).diagnostics
    expect(late?.notes.map(({ message }) => message)).toEqual([
      'a1 is in owner 1.0.0',
      'a2 is in owner 1.0.0',
    ])
    expect(late?.hint).toBe(
      'load owner before it: add the line "owner 1.0.0" to the .dep file of module user 1.0.0',
    )
  })
})

describe('a module that is not required', () => {
  const installed = ({ name, library = '' }: CheckedModule) => ({
    installed: () => [{ module: name, version: '1.0.0', path: library }],
  })

  test('it has the library', () => {
    const owner = make({ name: 'owner', code: 'int a;' })
    const flags = [`-L${owner.library?.replace('/libowner.so', '')}`, '-lowner']
    const user = make({ name: 'user', code: 'int b;', flags })
    expect(check([user], installed(owner)).diagnostics).toMatchObject([
      {
        code: 'LIBRARY_NOT_FOUND',
        message: `libowner.so of module owner 1.0.0 is not loaded, ${user.library} needs it`,
        hint: 'load owner first: add the line "owner 1.0.0" to the .dep file',
      },
    ])
  })

  test('it has the symbol', () => {
    const owner = make({ name: 'owner', code: 'int a1;' })
    const user = make({ name: 'user', code: 'extern int a1; int *p = &a1;' })
    expect(check([user], installed(owner)).diagnostics).toMatchObject([
      {
        code: 'LIBRARY_SYMBOL_MISSING',
        notes: [{ message: 'a1 is in owner 1.0.0' }],
        hint: 'load owner before it: add the line "owner 1.0.0" to the .dep file of module user 1.0.0',
      },
    ])
  })
})

test('another version of a module has the symbol', () => {
  const owner = make({ name: 'owner', code: 'int a0;' })
  const path = workshop.compile('owner/2.0.0/libowner.so', 'int a1;')
  const user = make({ name: 'user', code: 'extern int a1; int *p = &a1;' })
  const installed = () => [{ module: 'owner', version: '2.0.0', path }]
  expect(check([owner, user], { installed }).diagnostics).toMatchObject([
    {
      notes: [{ message: 'a1 is in owner 2.0.0' }],
      hint: 'ask for owner 2.0.0, which has it: the IOC has owner 1.0.0',
    },
  ])
})

describe('files that cannot be loaded', () => {
  test.each([
    ['missing', undefined, 'FILE_UNREADABLE'],
    ['empty', '', 'ELF_INVALID'],
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, 900), 'ELF_INVALID'],
    ['of another machine', patched(18, 183), 'LIBRARY_WRONG_ARCH'],
    ['an executable', patched(16, 2), 'ELF_INVALID'],
    ['the mark only', (bytes: Uint8Array) => bytes.subarray(0, 4), 'ELF_INVALID'],
  ])('%s', (name, content, code) => {
    const module = make({ name: 'broken', code: 'int a;' })
    const bytes = readFileSync(module.library ?? '')
    const path =
      content === undefined
        ? '/nowhere/libbroken.so'
        : workshop.write(`broken/${name}`, typeof content === 'string' ? content : content(bytes))
    const { diagnostics, registrations } = check([{ ...module, library: path }])
    expect(codesOf(diagnostics)).toEqual([code])
    expect(place(diagnostics[0])).toBe(`${path}:1:1`)
    expect(registrations.get('broken')).toBe('none')
  })
})

interface ModuleText {
  readonly name?: string
  readonly code: string
  readonly dbd?: string
  readonly flags?: readonly string[]
  readonly release?: string | null
  readonly at?: ReturnType<typeof spanOf>
}

function make(text: ModuleText): CheckedModule {
  const { name = 'one', code, dbd, flags = [], release = '1.0.0', at } = text
  const own = release === null ? '' : `\nchar _${name}LibRelease[] = "${release}";`
  const quiet = ['-w', '-Wl,--no-as-needed', '-Wl,--allow-shlib-undefined']
  return {
    name,
    version: parseVersion('1.0.0'),
    library: workshop.compile(`${name}/lib/lib${name}.so`, code + own, [...quiet, ...flags]),
    ...(dbd !== undefined && { dbd: workshop.write(`${name}/dbd/${name}.dbd`, dbd) }),
    requestedBy: at
      ? [{ kind: 'request', request: { module: name, version: { kind: 'any' }, at } }]
      : [],
  }
}

/** The same base as sites compile it with a newer linker. */
function withRunpath(): LibraryCheckInput['base'] {
  return { ...base, executable: `${workshop.directory}/base/bin/linux-x86_64/withRunpath` }
}

/** Replaces a text in a library by one of the same length. */
function patch({ library = '' }: CheckedModule, text: string, by: string): void {
  patchFile(library, text, by)
}

function patchFile(library: string, text: string, by: string): void {
  const content = readFileSync(library, 'latin1').replaceAll(text, by)
  writeFileSync(library, content, 'latin1')
}

function check(
  modules: readonly CheckedModule[],
  more: Partial<LibraryCheckInput> = {},
): LibraryCheck {
  return checkLibraries({ base, modules, ...more }, createLibraryFiles(textOf))
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function patched(at: number, value: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => Uint8Array.from(bytes, (byte, index) => (index === at ? value : byte))
}

function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => code)
}

function place(found: Diagnostic | undefined): string {
  return found?.at ? formatPlace(found.at) : ''
}
