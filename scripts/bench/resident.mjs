// What a start leaves behind beside the running IOC: processes, threads, memory.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { alone, byLauncher, whileRunning } from './lib/ioc.mjs'
import { withSite } from './lib/site.mjs'
import { benchmark } from './lib/table.mjs'

await benchmark('what is left of iocsh beside a running IOC', () => withSite(measure))

async function measure(site) {
  const program = byLauncher(site)
  const launched = await whileRunning(program, factsOf)
  const plain = await whileRunning(alone(site, program), factsOf)
  return [
    { what: 'the process that was started is not the IOC', measured: launched.other, limit: 0 },
    { what: 'further processes', measured: launched.processes, limit: 0 },
    { what: 'memory of further processes', measured: launched.kilobytes, limit: 0, unit: 'KiB' },
    { what: 'threads more than alone', measured: launched.threads - plain.threads, limit: 0 },
    { what: 'memory of the IOC', measured: launched.ownKilobytes / 1024, unit: 'MiB' },
    { what: 'memory of the IOC alone', measured: plain.ownKilobytes / 1024, unit: 'MiB' },
  ]
}

/** `pid` leads a process group of its own, in which everything is that it has started. */
function factsOf(pid) {
  const others = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== pid)
    .filter((name) => groupOf(name) === pid)
  return {
    other: basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('softIoc') ? 0 : 1,
    processes: others.length,
    kilobytes: others.reduce((sum, other) => sum + statusOf(other, 'VmRSS'), 0),
    threads: statusOf(pid, 'Threads'),
    ownKilobytes: statusOf(pid, 'VmRSS'),
  }
}

function groupOf(pid) {
  const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')
  return Number(fields?.[2])
}

function statusOf(pid, name) {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(textOf(`/proc/${pid}/status`))?.[1])
}

/** Processes come and go while the list is read. */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
