// npm start: prepares everything and starts an example in the foreground.
//   npm start -- [example] [iocsh arguments]
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { moduleTree, prepare, root } from './lib/prepare.mjs'
import { Stop, script } from './lib/run.mjs'

const examples = {
  records: {
    name: 'DEMO',
    tryThis: [
      'dbl                       lists the records of this IOC',
      'dbpf DEMO:Setpoint 150    is kept at its limit; then dbgf DEMO:Readback',
      'exit                      ends the IOC; more to try: examples/README.md',
    ],
  },
  'two-modules': {
    name: 'EXAMPLE',
    tryThis: [
      'simdeviceReport 1                 a command of the module simdevice',
      'dbpf EXAMPLE:Oven:RampTarget 80   then simrampReport, dbgf EXAMPLE:Oven:Temperature',
      'exit                              ends the IOC; more to try: examples/README.md',
    ],
  },
  slide: {
    name: 'SLIDE',
    tryThis: [
      'dbpf SLIDE:Demand 20                moves the slide, 10 mm a second',
      'dbgf SLIDE:Slide:Motor:Position     where it is',
      'exit                                ends the IOC; more to try: examples/README.md',
    ],
  },
}

await script(async () => {
  const { example, rest } = exampleOf(process.argv.slice(2))
  const { base } = await prepare((line) => console.log(`setup: ${line}`))
  console.log(`starting examples/${example}/st.cmd`)
  return foreground(join(root, 'bin/iocsh'), launchArguments(example, { base, rest }))
})

/** The IOC shell prints comments as it reads them: these are the last lines before its prompt. */
function launchArguments(example, { base, rest }) {
  const { name, tryThis } = examples[example]
  const startupScript = join(root, 'examples', example, 'st.cmd')
  const comments = ['# Try:', ...tryThis.map((line) => `#   ${line}`)]
  return [
    ...['--base', base, '-l', moduleTree, '-n', name, startupScript, ...rest],
    ...['iocInit', ...comments].flatMap((command) => ['-c', command]),
  ]
}

function exampleOf(args) {
  const [first = '', ...rest] = args
  if (Object.hasOwn(examples, first)) return { example: first, rest }
  if (!isForIocsh(first)) {
    const names = Object.keys(examples).join(', ')
    throw new Stop(`"${first}" is no example and no file; examples: ${names}`, 2)
  }
  return { example: 'records', rest: args }
}

/** An option, a macro, a file of the user; nothing at all. */
function isForIocsh(word) {
  return word === '' || word.startsWith('-') || word.includes('=') || existsSync(word)
}

/** Ctrl-C reaches the IOC from the terminal; the other signals are handed on to it. */
function foreground(program, args) {
  const child = spawn(program, args, { stdio: 'inherit' })
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
