import { expect, test } from 'vitest'
import { machineArchitecture } from '../../../../src/host/base/architecture.ts'

test.each([
  ['x64', 'linux-x86_64'],
  ['arm64', 'linux-aarch64'],
  ['arm', 'linux-arm'],
  ['mips', 'linux-mips'],
])('%s is %s', (cpu, arch) => {
  expect(machineArchitecture(cpu)).toBe(arch)
})
