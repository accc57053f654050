import { expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import { renderText } from '../../../src/text/render.ts'
import { scriptRequests } from '../../support/requests.ts'
import { type ShortTree, siteOf } from '../../support/tree.ts'

/** All that is said about a script with a tree of modules. */
function messages(tree: ShortTree, script: string): string {
  const { diagnostics } = resolve(scriptRequests(script), siteOf(tree))
  return `\n${diagnostics.map((item) => renderText(item)).join('\n')}\n`
}

const field: ShortTree = {
  asyn: { '4.41.0+0': '', '4.42.0+0': '', '4.42.0+1': '', '4.43.0': '', '4.44.0': '' },
  stream: { '2.8.26+0': 'asyn 4.42.0+0', '2.8.26+1': 'asyn 4.43.0', '2.8.25': 'asyn 4.41.0+0' },
  calc: { '3.7.4': '' },
}

test('two versions of a module: another revision of the module that pins it', () => {
  expect(messages(field, 'require asyn,4.43.0\nrequire stream,2.8.26+0')).toMatchInlineSnapshot(`
    "
    st.cmd:2:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.42.0+0 cannot be loaded together
      2 | require stream,2.8.26+0
        |         ^^^^^^^^^^^^^^^
      note: st.cmd:1:9: asyn 4.43.0 is asked for here
      note: /epics/modules/stream/2.8.26+0/lib/linux-x86_64/stream.dep:1:1: stream 2.8.26+0 asks for asyn 4.42.0+0
      note: st.cmd:2:9: stream 2.8.26+0 is required here
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: use stream 2.8.26+1 in st.cmd:2
    "
  `)
})

test('two versions of a module: no revision helps, the version is dropped', () => {
  expect(messages(field, 'require asyn,4.44.0\nrequire stream,2.8.25')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn 4.44.0 and asyn 4.41.0+0 cannot be loaded together
      1 | require asyn,4.44.0
        |         ^^^^^^^^^^^
      note: st.cmd:1:9: asyn 4.44.0 is asked for here
      note: /epics/modules/stream/2.8.25/lib/linux-x86_64/stream.dep:1:1: stream 2.8.25 asks for asyn 4.41.0+0
      note: st.cmd:2:9: stream 2.8.25 is required here
      note: installed: asyn 4.44.0, 4.43.0, 4.42.0+1, ...
      help: drop the version of asyn in st.cmd:1
    "
  `)
})

test('all versions are tried', () => {
  expect(
    messages(field, 'require calc\nrequire stream\nrequire asyn,4.44.0'),
  ).toMatchInlineSnapshot(`
    "
    st.cmd:3:9: error[VERSION_CONFLICT]: asyn 4.44.0 and asyn 4.43.0 cannot be loaded together
      3 | require asyn,4.44.0
        |         ^^^^^^^^^^^
      note: st.cmd:3:9: asyn 4.44.0 is asked for here
      note: /epics/modules/stream/2.8.26+1/lib/linux-x86_64/stream.dep:1:1: stream 2.8.26+1 asks for asyn 4.43.0
      note: st.cmd:2:9: stream 2.8.26+1 is required here
      note: /epics/modules/stream/2.8.26+0/lib/linux-x86_64/stream.dep:1:1: stream 2.8.26+0 does not help: it asks for asyn 4.42.0+0
      note: st.cmd:2:9: stream 2.8.26+0 is required here
      note: /epics/modules/stream/2.8.25/lib/linux-x86_64/stream.dep:1:1: stream 2.8.25 does not help: it asks for asyn 4.41.0+0
      note: st.cmd:2:9: stream 2.8.25 is required here
      note: installed: asyn 4.44.0, 4.43.0, 4.42.0+1, ...
      help: drop the version of asyn in st.cmd:3
    "
  `)
})

test('two modules pin different versions of a third, through others', () => {
  const tree = {
    ...field,
    camera: { '1.0.0': 'grabber 1.0.0' },
    grabber: { '1.0.0': 'asyn 4.41.0+0' },
    serial: { '1.0.0': 'stream 2.8.26+0' },
  }
  expect(messages(tree, 'require camera\nrequire serial\n')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn 4.41.0+0 and asyn 4.42.0+0 cannot be loaded together
      1 | require camera
        |         ^^^^^^
      note: /epics/modules/grabber/1.0.0/lib/linux-x86_64/grabber.dep:1:1: grabber 1.0.0 asks for asyn 4.41.0+0
      note: /epics/modules/camera/1.0.0/lib/linux-x86_64/camera.dep:1:1: grabber 1.0.0 is required here
      note: st.cmd:1:9: camera 1.0.0 is required here
      note: /epics/modules/stream/2.8.26+0/lib/linux-x86_64/stream.dep:1:1: stream 2.8.26+0 asks for asyn 4.42.0+0
      note: /epics/modules/serial/1.0.0/lib/linux-x86_64/serial.dep:1:1: stream 2.8.26+0 is required here
      note: st.cmd:2:9: serial 1.0.0 is required here
      note: installed: asyn 4.41.0+0, 4.44.0, 4.43.0, ...
      help: no change of one or two requests helps: build one of these modules anew
    "
  `)
})

test('two changes are needed', () => {
  const tree = {
    ...field,
    other: { '1.0.0': 'asyn 4.42.0+0', '1.1.0': 'asyn 4.43.0' },
  }
  const script = 'require asyn,4.43.0\nrequire stream,2.8.25\nrequire other,1.0.0\n'
  expect(messages(tree, script)).toMatchInlineSnapshot(`
    "
    st.cmd:3:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.42.0+0 cannot be loaded together
      3 | require other,1.0.0
        |         ^^^^^^^^^^^
      note: st.cmd:1:9: asyn 4.43.0 is asked for here
      note: /epics/modules/other/1.0.0/lib/linux-x86_64/other.dep:1:1: other 1.0.0 asks for asyn 4.42.0+0
      note: st.cmd:3:9: other 1.0.0 is required here
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: use stream 2.8.26+1 in st.cmd:2 and drop the version of other in st.cmd:3
    "
  `)
})

test('nothing helps', () => {
  const tree = {
    asyn: field['asyn'] ?? {},
    a: { '1.0.0': 'asyn 4.43.0' },
    b: { '1.0.0': 'asyn 4.44.0' },
  }
  expect(messages(tree, 'require a\nrequire b,1.0.0\n')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.44.0 cannot be loaded together
      1 | require a
        |         ^
      note: /epics/modules/a/1.0.0/lib/linux-x86_64/a.dep:1:1: a 1.0.0 asks for asyn 4.43.0
      note: st.cmd:1:9: a 1.0.0 is required here
      note: /epics/modules/b/1.0.0/lib/linux-x86_64/b.dep:1:1: b 1.0.0 asks for asyn 4.44.0
      note: st.cmd:2:9: b 1.0.0 is required here
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: no change of one or two requests helps: build one of these modules anew
    "
  `)
})

test('a version that is not installed', () => {
  expect(messages(field, 'require asyn,4.42.0+3')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[REQUIRE_NOT_FOUND]: asyn 4.42.0+3 is not installed for linux-x86_64
      1 | require asyn,4.42.0+3
        |         ^^^^^^^^^^^^^
      note: installed: asyn 4.42.0+1, 4.42.0+0, 4.44.0, ...
      help: use asyn 4.42.0+1 in st.cmd:1
    "
  `)
})

test('a version that another module needs is not installed', () => {
  const tree = { ...field, top: { '1.0.0': 'calc 3.7.3' } }
  expect(messages(tree, 'require top')).toMatchInlineSnapshot(`
    "
    /epics/modules/top/1.0.0/lib/linux-x86_64/top.dep:1:1: error[REQUIRE_NOT_FOUND]: calc 3.7.3 is not installed for linux-x86_64
      1 | calc 3.7.3
        | ^^^^^^^^^^
      note: top 1.0.0 asks for calc 3.7.3
      note: installed: calc 3.7.4
      note: st.cmd:1:9: top 1.0.0 is required here
      help: build and install calc 3.7.3
    "
  `)
})

test('a misspelled module', () => {
  expect(messages(field, 'require Asyn')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[MODULE_NOT_FOUND]: module Asyn is not installed
      1 | require Asyn
        |         ^^^^
      note: searched: /epics/modules (EPICS_DRIVER_PATH)
      help: did you mean "asyn"?
    "
  `)
})

test('a module that a module needs is not installed', () => {
  const tree = { ...field, top: { '1.1.0': 'sscan 1.0.0', '1.0.0': '' } }
  expect(messages(tree, 'require top,1.1.0')).toMatchInlineSnapshot(`
    "
    /epics/modules/top/1.1.0/lib/linux-x86_64/top.dep:1:1: error[MODULE_NOT_FOUND]: module sscan is not installed
      1 | sscan 1.0.0
        | ^^^^^^^^^^^
      note: top 1.1.0 asks for sscan 1.0.0
      note: searched: /epics/modules (EPICS_DRIVER_PATH)
      note: st.cmd:1:9: top 1.1.0 is required here
      help: drop the version of top in st.cmd:1
    "
  `)
})

test('another architecture only', () => {
  const tree = { m: { '1.0.0': { lib: { 'linux-arm': {} } }, '0.9.0': '' } }
  expect(messages(tree, 'require m,1.0.0')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[MODULE_ARCH_MISSING]: m 1.0.0 is not installed for linux-x86_64
      1 | require m,1.0.0
        |         ^^^^^^^
      note: m 1.0.0 is installed for linux-arm only
      help: drop the version of m in st.cmd:1
    "
  `)
})

test('another base only', () => {
  const tree = { m: { '1.0.0': { 'R7.0.7': { lib: { 'linux-x86_64': {} } } } } }
  expect(messages(tree, 'require m')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[MODULE_ARCH_MISSING]: m 1.0.0 is not installed for base 7.0.8.1
      1 | require m
        |         ^
      note: m 1.0.0 is installed for base R7.0.7 only
      help: build m 1.0.0 for base 7.0.8.1
    "
  `)
})

test('a cycle', () => {
  const tree = {
    a: { '1.0.0': 'b 1.0.0' },
    b: { '1.0.0': 'c' },
    c: { '2.0.0': 'calc;b' },
    ...field,
  }
  expect(messages(tree, 'require a')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[DEPENDENCY_CYCLE]: b depends on itself: b 1.0.0 -> c 2.0.0 -> b
      1 | require a
        |         ^
      note: /epics/modules/b/1.0.0/lib/linux-x86_64/b.dep:1:1: b 1.0.0 asks for c
      note: /epics/modules/c/2.0.0/lib/linux-x86_64/c.dep:2:1: c 2.0.0 asks for b
      note: /epics/modules/a/1.0.0/lib/linux-x86_64/a.dep:1:1: a 1.0.0 asks for b 1.0.0
      note: st.cmd:1:9: a 1.0.0 is required here
      help: remove one of these lines and build the module without it
    "
  `)
})

test('several mistakes in one script are reported at once', () => {
  const script = 'require nomod\nrequire asyn,4.43.0\nrequire calc,1.0.0\nrequire stream,2.8.25\n'
  expect(messages(field, script)).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[MODULE_NOT_FOUND]: module nomod is not installed
      1 | require nomod
        |         ^^^^^
      note: searched: /epics/modules (EPICS_DRIVER_PATH)
      help: give the module tree that has it: -l <directory>
    st.cmd:4:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.41.0+0 cannot be loaded together
      4 | require stream,2.8.25
        |         ^^^^^^^^^^^^^
      note: st.cmd:2:9: asyn 4.43.0 is asked for here
      note: /epics/modules/stream/2.8.25/lib/linux-x86_64/stream.dep:1:1: stream 2.8.25 asks for asyn 4.41.0+0
      note: st.cmd:4:9: stream 2.8.25 is required here
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: use stream 2.8.26+1 in st.cmd:4
    st.cmd:3:9: error[REQUIRE_NOT_FOUND]: calc 1.0.0 is not installed for linux-x86_64
      3 | require calc,1.0.0
        |         ^^^^^^^^^^
      note: installed: calc 3.7.4
      help: drop the version of calc in st.cmd:3
    "
  `)
})

test('the help for one mistake does not undo that for another', () => {
  const tree = { m: { 'dev+1': '', '2.0.0': '' }, n: { '1.0.0+1': '', '1.0.0+0': 'm dev+1' } }
  const script = 'require m,dev+1\nrequire n,1.0.0+1\nrequire m,2.0.0\nrequire n,1.0.0+0\n'
  const { diagnostics } = resolve(scriptRequests(script), siteOf(tree))
  expect(diagnostics.map(({ hint }) => hint)).toEqual([
    'drop the version of m in st.cmd:1',
    'use n 1.0.0+1 in st.cmd:4',
  ])
})

test('two lines of the same script', () => {
  expect(messages(field, 'require asyn,4.43.0\nrequire asyn,4.44.0')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.44.0 cannot be loaded together
      1 | require asyn,4.43.0
        |         ^^^^^^^^^^^
      note: st.cmd:1:9: asyn 4.43.0 is asked for here
      note: st.cmd:2:9: asyn 4.44.0 is asked for here
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: drop the version of asyn in st.cmd:1
    "
  `)
})

test('a .dep file that contradicts itself', () => {
  const tree = { ...field, top: { '1.0.0': 'asyn 4.43.0;asyn 4.44.0' } }
  expect(messages(tree, 'require top')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn 4.43.0 and asyn 4.44.0 cannot be loaded together
      1 | require top
        |         ^^^
      note: /epics/modules/top/1.0.0/lib/linux-x86_64/top.dep:1:1: top 1.0.0 asks for asyn 4.43.0
      note: st.cmd:1:9: top 1.0.0 is required here
      note: /epics/modules/top/1.0.0/lib/linux-x86_64/top.dep:2:1: top 1.0.0 asks for asyn 4.44.0
      note: installed: asyn 4.43.0, 4.44.0, 4.42.0+1, ...
      help: no change of one or two requests helps: build one of these modules anew
    "
  `)
})

test('an alias and another version', () => {
  const tree = { asyn: { ...field['asyn'], stable: '-> 4.43.0' } }
  expect(messages(tree, 'require asyn,stable\nrequire asyn,4.44.0')).toMatchInlineSnapshot(`
    "
    st.cmd:1:9: error[VERSION_CONFLICT]: asyn stable and asyn 4.44.0 cannot be loaded together
      1 | require asyn,stable
        |         ^^^^^^^^^^^
      note: st.cmd:1:9: asyn stable is asked for here
      note: st.cmd:2:9: asyn 4.44.0 is asked for here
      note: installed: asyn stable (the same as 4.43.0), 4.44.0, 4.43.0, ...
      help: drop the version of asyn in st.cmd:1
    "
  `)
})

test('versions that fail for different reasons', () => {
  const tree = {
    ...field,
    top: { '1.2.0': 'nomod', '1.1.0': 'asyn 4.41.0+0', '1.0.0': 'top' },
  }
  expect(messages(tree, 'require top\nrequire asyn,4.44.0')).toMatchInlineSnapshot(`
    "
    st.cmd:2:9: error[VERSION_CONFLICT]: asyn 4.44.0 and asyn 4.41.0+0 cannot be loaded together
      2 | require asyn,4.44.0
        |         ^^^^^^^^^^^
      note: st.cmd:2:9: asyn 4.44.0 is asked for here
      note: /epics/modules/top/1.1.0/lib/linux-x86_64/top.dep:1:1: top 1.1.0 asks for asyn 4.41.0+0
      note: st.cmd:1:9: top 1.1.0 is required here
      note: /epics/modules/top/1.2.0/lib/linux-x86_64/top.dep:1:1: top 1.2.0 does not help: it asks for nomod, which is not installed
      note: st.cmd:1:9: top 1.2.0 is required here
      note: top 1.0.0 does not help: it depends on itself
      note: installed: asyn 4.44.0, 4.43.0, 4.42.0+1, ...
      help: drop the version of asyn in st.cmd:2
    "
  `)
})
