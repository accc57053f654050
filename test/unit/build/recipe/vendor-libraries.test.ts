import { expect, test } from 'vitest'
import { vendorFiles, vendorFlags } from '../../../../src/build/recipe/vendor-libraries.ts'

const vendor = { folder: '.e3/arch/vendor', files: ['libmade.so', 'plugin/libx.so'] }
const none = { folder: '.e3/arch/vendor', files: [] }

test('libraries of vlibs and of VENDOR_LIBS, each once', () => {
  expect(vendorFiles(vendor, ['src/libmade.so', 'src/libother.so'], 'arch')).toEqual([
    { to: 'lib/arch/vendor/libmade.so', from: '.e3/arch/vendor/libmade.so' },
    { to: 'lib/arch/vendor/plugin/libx.so', from: '.e3/arch/vendor/plugin/libx.so' },
    { to: 'lib/arch/vendor/libother.so', from: 'src/libother.so' },
  ])
})

test.each([
  '-L/src/e3-x/.e3/arch/vendor',
  '-L/src/e3-x/.e3/arch/vendor/',
  '-Wl,-rpath=/src/e3-x/.e3/arch/vendor',
  '-Wl,-rpath,/src/e3-x/.e3/arch/vendor',
  '-Wl,-rpath,$ORIGIN/../../../../../siteLibs/vendor/x/1.0.0',
])('%s is replaced by what finds them beside the module', (flag) => {
  const installed = vendorFiles(none, ['src/libother.so', 'src/liblast.so'], 'arch')
  expect(vendorFlags(none, installed, ['-Wl,-z,now', flag])).toEqual([
    ...['-Lsrc', '-Wl,-rpath,$ORIGIN/vendor', '-Wl,-z,now'],
  ])
  expect(vendorFlags(none, [], [flag])).toEqual([])
})

test.each(['-L/opt/vendor', '-Wl,--enable-new-dtags', '-lvendor', 'vendor/libx.a'])(
  '%s stays',
  (flag) => {
    expect(vendorFlags(none, [], [flag])).toEqual([flag])
  },
)
