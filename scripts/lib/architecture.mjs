/** Name of this machine in module trees. */
export const arch = { x64: 'linux-x86_64', arm64: 'linux-aarch64' }[process.arch] ?? 'linux-arm'
