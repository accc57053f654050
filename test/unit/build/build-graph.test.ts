import { expect, test } from 'vitest'
import { buildGraph, foldersOf, type GraphInput } from '../../../src/build/build-graph.ts'
import { graphMakefile } from '../../../src/build/graph-makefile.ts'

const input: GraphInput = {
  module: 'm',
  output: '.e3/arch',
  sources: ['src/a.c', 'b.cpp'],
  generated: ['.e3/arch/generated/m.c'],
  includes: ['src'],
  foreign: ['/tree/asyn/1.0.0/include'],
  flags: {
    ...{ cppflags: ['-DP'], cflags: ['-DC'], cxxflags: ['-DX'] },
    ...{ ldflags: ['-Wl,-z,now'], libraries: ['usb'] },
  },
  toolchain: {
    ...{ arch: 'arch', cc: ['gcc'], cxx: ['g++', '-m64'], launcher: ['ccache'] },
    ...{ cppflags: ['-DBASE'], cflags: ['-O3'], cxxflags: ['-std=c++11'] },
    ...{ includes: ['-I/base/include'], ldflags: ['-L/base/lib'], libs: ['-lCom'], identity: [] },
  },
  linked: [],
  snc: [],
}

test('each source is compiled in its language, all are linked', () => {
  const { steps, library } = buildGraph(input)
  expect(steps.map(({ kind, output }) => [kind, output])).toEqual([
    ['compile', '.e3/arch/objects/src/a.c.o'],
    ['compile', '.e3/arch/objects/b.cpp.o'],
    ['compile', '.e3/arch/objects/generated/m.c.o'],
    ['link', '.e3/arch/objects/libm.so'],
  ])
  expect(library).toBe('.e3/arch/objects/libm.so')
  const [c, cpp, , link] = steps.map(({ command }) => command.join(' '))
  expect(c).toMatch(
    /^ccache gcc -fPIC .* -DBASE -O3 -DP -DC -Isrc -isystem \/tree\/asyn\S* -isystem \/base/,
  )
  expect(cpp).toMatch(/^ccache g\+\+ -m64 .* -std=c\+\+11 -DP -DX /)
  expect(link).toMatch(
    /^g\+\+ -m64 -shared .* -L\/base\/lib -Wl,-z,now -lusb -Wl,--as-needed -lCom$/,
  )
})

test('the library is linked anew when a file changes that flags of the linker name', () => {
  const { steps } = buildGraph({ ...input, sources: ['a.c'], generated: [], linked: ['lib/x.a'] })
  expect(steps.at(-1)?.inputs).toEqual(['.e3/arch/objects/a.c.o', 'lib/x.a'])
})

test('.st goes through the preprocessor and snc, .stt through snc alone', () => {
  const given = { ...input, sources: ['a.st', 'b.stt'], generated: [], snc: ['/seq/bin/snc'] }
  const { steps } = buildGraph(given)
  expect(steps.map(({ kind, output }) => [kind, output])).toEqual([
    ['preprocess', '.e3/arch/objects/a.st.i'],
    ['translate', '.e3/arch/objects/a.st.i.c'],
    ['compile', '.e3/arch/objects/a.st.i.c.o'],
    ['translate', '.e3/arch/objects/b.stt.c'],
    ['compile', '.e3/arch/objects/b.stt.c.o'],
    ['link', '.e3/arch/objects/libm.so'],
  ])
  expect(steps[0]?.command.join(' ')).toMatch(/^gcc -E -x c -DBASE -DP -Isrc .* -o \S+\.i a\.st$/)
  expect(steps[1]?.command).toEqual([
    ...['/seq/bin/snc', '-o', '.e3/arch/objects/a.st.i.c', '.e3/arch/objects/a.st.i'],
  ])
})

test('without sources there is nothing to do', () => {
  expect(buildGraph({ ...input, sources: [], generated: [] })).toEqual({ steps: [] })
})

test('state notation is translated to C; .st through the preprocessor', () => {
  const { steps } = buildGraph({ ...input, sources: ['a.st', 'b.stt'], snc: ['/seq/snc'] })
  expect(steps.slice(0, 5).map(({ kind, inputs }) => [kind, inputs])).toEqual([
    ['preprocess', ['a.st']],
    ['translate', ['.e3/arch/objects/a.st.i', '/seq/snc']],
    ['compile', ['.e3/arch/objects/a.st.i.c']],
    ['translate', ['b.stt', '/seq/snc']],
    ['compile', ['.e3/arch/objects/b.stt.c']],
  ])
})

test.each([
  ['a b.c', /^a_b\.c-[0-9a-f]+\.o$/],
  ['../x.c', /^__?\/x\.c-[0-9a-f]+\.o$/],
  ['/abs/x.c', /^_abs\/x\.c-[0-9a-f]+\.o$/],
  ['-x.c', /^_x\.c-[0-9a-f]+\.o$/],
  ['$(x).c', /^___?x_\.c-[0-9a-f]+\.o$/],
])('the object of %j has a safe name', (source, name) => {
  const [step] = buildGraph({ ...input, sources: [source], generated: [] }).steps
  expect(step?.output.replace('.e3/arch/objects/', '')).toMatch(name)
})

test('names that become alike stay apart', () => {
  const { steps } = buildGraph({ ...input, sources: ['a b.c', 'a_b.c', 'a$b.c'] })
  expect(new Set(steps.map(({ output }) => output)).size).toBe(steps.length)
})

test('the makefile: order only, quoted for make and shell', () => {
  const text = graphMakefile(buildGraph({ ...input, sources: ["it's $x.c"], generated: [] }))
  expect(text).toMatch(
    /^\.e3\/arch\/objects\/libm\.so: \| \.e3\/arch\/objects\/it_s__x\.c-\w+\.o$/m,
  )
  expect(text).toContain(`'it'\\''s $$x.c' >`)
  expect(text).toMatch(/^\.DELETE_ON_ERROR:$/m)
})

test.each([
  [
    ['a.c', 'src/b.c', 'src/c.c', 'x/y/d.c'],
    ['.', 'src', 'x/y'],
  ],
  [[], []],
])('folders of %j', (files, folders) => {
  expect(foldersOf(files)).toEqual(folders)
})
