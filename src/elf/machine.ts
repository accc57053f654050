/** Machines of EPICS hosts, by ELF number (gABI, `e_machine`). */
const names: ReadonlyMap<number, string> = new Map([
  [2, 'sparc'],
  [3, 'x86'],
  [4, 'm68k'],
  [8, 'mips'],
  [20, 'ppc'],
  [21, 'ppc64'],
  [22, 's390'],
  [40, 'arm'],
  [43, 'sparc64'],
  [62, 'x86_64'],
  [183, 'aarch64'],
  [243, 'riscv'],
  [258, 'loongarch'],
])

/** `x86_64`, `aarch64`, ...; `machine 4711` for one that is not known here. */
export function machineName(number: number): string {
  return names.get(number) ?? `machine ${number}`
}

/** The machine and the word size of a host architecture of EPICS. */
export interface ArchMachine {
  readonly machine: string
  readonly bits: 32 | 64
}

/**
 * What the libraries of an architecture such as `linux-x86_64-debug` must be; nothing if its name
 * says too little (`linux-arm` is 32 bits at facilities, but the Python packages call 64-bit ARM so).
 */
export function machineOfArch(arch: string): ArchMachine | undefined {
  const [system, cpu = ''] = arch.split('-')
  if (system !== 'linux') return undefined
  return archMachines.get(cpu)
}

const archMachines: ReadonlyMap<string, ArchMachine> = new Map([
  ['x86_64', { machine: 'x86_64', bits: 64 }],
  ['x86', { machine: 'x86', bits: 32 }],
  ['aarch64', { machine: 'aarch64', bits: 64 }],
  ['ppc', { machine: 'ppc', bits: 32 }],
  ['ppc64', { machine: 'ppc64', bits: 64 }],
])
