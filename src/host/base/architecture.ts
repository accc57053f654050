/**
 * EPICS names of the machines Node runs on, as base's own `EpicsHostArch` gives them. (Wheels have
 * had other names for the same machine, such as `linux-arm` for aarch64: never taken from there.)
 */
const names: Readonly<Record<string, string>> = {
  x64: 'linux-x86_64',
  arm64: 'linux-aarch64',
  arm: 'linux-arm',
  ia32: 'linux-x86',
  ppc64: 'linux-ppc64',
  riscv64: 'linux-riscv64',
  s390x: 'linux-s390x',
}

/** The architecture of this machine, `linux-x86_64`; `cpu` is Node's name of the processor. */
export function machineArchitecture(cpu: string = process.arch): string {
  return names[cpu] ?? `linux-${cpu}`
}
