// From the command to the prompt and out again, compared with softIocPVA alone and the same lines.
// More than that may cost only what the launcher may cost: an empty Node program and 25 ms.
import { alone, byLauncher } from './lib/ioc.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'
import { mediansOf } from './lib/timing.mjs'

await benchmark('start to prompt on the base, then exit', () => withSite(measure))

async function measure(site) {
  const program = byLauncher(site)
  const input = 'exit\n'
  const { node, plain, iocsh } = mediansOf(
    {
      node: { command: [process.execPath, '-e', '0'], env: site.env },
      plain: { ...alone(site, program), input },
      iocsh: { ...program, input },
    },
    Number(process.env.BENCH_RUNS ?? 15),
  )
  return [
    { what: 'node -e 0', measured: node, unit: 'ms' },
    { what: 'softIocPVA alone', measured: plain, unit: 'ms' },
    { what: 'iocsh', measured: iocsh, unit: 'ms' },
    { what: 'iocsh more than both', measured: iocsh - plain - node, limit: 25, unit: 'ms' },
  ]
}
