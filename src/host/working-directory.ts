/**
 * The working directory of this process. If it has been removed, the path it had: then nothing is
 * found in it, which says more than the failed system call.
 */
export function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return process.env['PWD'] ?? '/'
  }
}
