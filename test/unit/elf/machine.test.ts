import { expect, test } from 'vitest'
import { machineName, machineOfArch } from '../../../src/elf/machine.ts'

test.each([
  ['linux-x86_64', { machine: 'x86_64', bits: 64 }],
  ['linux-x86_64-debug', { machine: 'x86_64', bits: 64 }],
  ['linux-x86', { machine: 'x86', bits: 32 }],
  ['linux-aarch64', { machine: 'aarch64', bits: 64 }],
  ['linux-arm', undefined],
  ['windows-x64', undefined],
  ['', undefined],
])('libraries of %j are for %o', (arch, expected) => {
  expect(machineOfArch(arch)).toEqual(expected)
})

test.each([
  [62, 'x86_64'],
  [183, 'aarch64'],
  [4711, 'machine 4711'],
])('machine %i is %s', (number, name) => {
  expect(machineName(number)).toBe(name)
})
