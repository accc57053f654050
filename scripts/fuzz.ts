// npm run fuzz -- [count] [--seed number] [--target name]: feeds every parser with made-up inputs;
// nothing may throw or take long. A failure is repeated alone by its seed:
//   npm run fuzz -- 1 --seed <seed>
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { fuzz } from '../test/support/fuzz/fuzz.ts'
import { targets } from '../test/support/fuzz/targets.ts'

/** The most processor time an input may take, in ms; after the other number of ms it is endless. */
const bound = 2000
const endless = 30_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, target: { type: 'string' } },
})
const count = Number(positionals[0] ?? 100_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)

const current = new BigInt64Array(new SharedArrayBuffer(8))
const watchdog = watch(current)
console.log(`${count} inputs for ${targets.length} parsers, seed ${seed}`)
const started = performance.now()
const failures = fuzz({
  targets: targets.map((target) =>
    values.target === undefined || target.name === values.target ? target : nothing(target.name),
  ),
  ...{ count, seed, bound },
  onInput: (number) => Atomics.store(current, 0, BigInt(number)),
})
await watchdog.terminate()

for (const { target, seed: number, input, problem } of failures) {
  console.log(`\n${target}, seed ${number}: ${problem}\ninput: ${JSON.stringify(input)}`)
}
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`${failures.length} failures in ${seconds} s`)
process.exitCode = failures.length > 0 ? 1 : 0

/** In place of the targets that are not asked for, so that seeds keep their meaning. */
function nothing(name: string) {
  return { name, make: () => ({ input: '', run: () => {} }) }
}

/** This thread cannot see that it hangs: another one watches the number of the input. */
function watch(shared: BigInt64Array): Worker {
  const code = `
    const { workerData: { shared, endless } } = require('node:worker_threads')
    let before
    setInterval(() => {
      const now = Atomics.load(shared, 0)
      if (now === before) {
        require('node:fs').writeSync(1, 'the input of seed ' + now + ' does not end\\n')
        process.kill(process.pid, 'SIGKILL')
      }
      before = now
    }, endless)`
  return new Worker(code, { eval: true, workerData: { shared, endless } })
}
