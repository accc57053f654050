// npm test: prepares everything and runs all checks, or those that are named:
//   npm test -- [types|lint|unused|package|unit|conformance|e2e ...] [vitest file filter ...]
// E3_TEST_BASE names another base than the embedded one.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { moduleTree, prepare, root } from './lib/prepare.mjs'
import { run, script } from './lib/run.mjs'
import { selectionOf } from './lib/test-selection.mjs'
import { prepareTestTools, pythonFolder } from './lib/test-tools.mjs'

/** Node programs with their arguments, one after the other; or a project of vitest. */
const steps = {
  types: { programs: [['node_modules/typescript/bin/tsc', '--noEmit']] },
  lint: { programs: [['node_modules/@biomejs/biome/bin/biome', 'check', '.']] },
  unused: { programs: [['node_modules/knip/bin/knip.js', '--no-config-hints']] },
  package: {
    programs: [
      ['scripts/build.mjs', '--types'],
      ['node_modules/publint/src/cli.js', '--strict'],
    ],
  },
  unit: { vitest: true },
  conformance: { vitest: true },
  e2e: { vitest: true },
}

await script(async () => {
  forgetSite()
  const { names, filters } = selectionOf(process.argv.slice(2), { steps, root })
  const say = (line) => console.log(`setup: ${line}`)
  const { base } = await prepare(say)
  if (names.includes('e2e')) await prepareTestTools(say)
  const env = testEnvironment(base)
  const results = []
  for (const name of names) results.push(await runStep(name, { filters, env }))
  return summary(results)
})

/**
 * What a site sets in every shell is for its IOCs. The tests run on the embedded base, or on the one
 * that E3_TEST_BASE names, and find no module tree, port, macro or name of an IOC by chance.
 */
function forgetSite() {
  const { E3_TEST_BASE: base, E3_CONFORMANCE_DIR: cases } = process.env
  const isOfSite = /^(EPICS|E3|IOCSH)_|^(IOCNAME|CONDA_PREFIX|SCRIPT_PATH|STREAM_PROTOCOL_PATH)$/
  for (const name of Object.keys(process.env)) if (isOfSite.test(name)) delete process.env[name]
  Object.assign(process.env, base && { EPICS_BASE: base }, cases && { E3_CONFORMANCE_DIR: cases })
}

/** The base has just been prepared, so a missing IOC is a failure and no reason to skip. */
function testEnvironment(base) {
  const { PATH = '', PYTHONPATH } = process.env
  return {
    ...process.env,
    E3_TEST_BASE: base,
    E3_TEST_MODULES: moduleTree,
    E3_TEST_REQUIRE_IOC: '1',
    PATH: [join(pythonFolder, 'bin'), PATH].join(delimiter),
    PYTHONPATH: [pythonFolder, PYTHONPATH].filter(Boolean).join(delimiter),
  }
}

async function runStep(name, { filters, env }) {
  console.log(`\n--- ${name}`)
  const started = performance.now()
  const step = steps[name]
  const result = step.vitest
    ? await runVitest(name, { filters, env })
    : { status: await runPrograms(step.programs) }
  const seconds = (performance.now() - started) / 1000
  console.log(`--- ${name}: ${verdict(result)} in ${seconds.toFixed(1)} s`)
  return { name, seconds, passed: 0, failed: 0, skipped: 0, ...result }
}

async function runPrograms([first, ...others]) {
  const status = await run(process.execPath, first, { cwd: root })
  return status === 0 && others.length > 0 ? runPrograms(others) : status
}

async function runVitest(project, { filters, env }) {
  const folder = join(root, 'build/test')
  const report = join(folder, `${project}.json`)
  mkdirSync(folder, { recursive: true })
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  if (filters.length > 0) options.push('--passWithNoTests')
  const args = [vitest, 'run', '--project', project, ...options, ...filters]
  const status = await run(process.execPath, args, { cwd: root, env })
  return { status, ...countsOf(report, status) }
}

/** A file that cannot be loaded has no tests to fail, but is a failure. */
function countsOf(report, status) {
  const counts = readReport(report)
  const failed = Math.max(counts.numFailedTests, status === 0 ? 0 : 1)
  return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  }
}

function verdict({ status }) {
  return status === 0 ? 'ok' : `FAILED (status ${status})`
}

function summary(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log('\n=== summary')
  for (const result of results) {
    console.log(
      `${result.name.padEnd(12)} ${result.seconds.toFixed(1).padStart(6)} s  ${verdict(result)}`,
    )
  }
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  return results.find(({ status }) => status !== 0)?.status ?? 0
}
