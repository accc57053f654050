// What is said about macros, beside the time of loading: 200 rows with 20 macros, 10,000 records.
import { bundleProgram } from './lib/bundle.mjs'
import { benchmark } from './lib/table.mjs'
import { runToEnd } from './lib/timing.mjs'

await benchmark('macro rules: 200 rows of 20 macros, 50 records each', measure)

async function measure() {
  const program = await bundleProgram('macro-rules-program')
  const runs = String(2 * Number(process.env.BENCH_RUNS ?? 20))
  const command = [process.execPath, program, '200', '20', runs]
  const { load, rules } = JSON.parse(runToEnd({ command }))
  return [
    { what: 'loading', measured: load, unit: 'ms' },
    { what: 'the rules', measured: rules, unit: 'ms' },
    { what: 'the rules, of the time of loading', measured: rules / load, limit: 0.4 },
  ]
}
