import { toInteger } from '../../shell/arguments.ts'
import type { CommandCall, Word } from '../../shell/types.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'

/** Arguments of the right type that base refuses with a message: softIocPVA 7.0.10, callback.c. */
export function* refusedValue(
  { name, words, line }: CommandCall,
  { places }: WalkOutcome,
): Generator<Diagnostic> {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  const word = rule && words[rule.index]
  if (!rule || rule.takes(word?.text ?? '')) return
  const given = word ? `not "${word.text}"` : 'none is given'
  yield diagnostic(
    'ARGUMENT_TYPE',
    `${name}: argument "${rule.argument}" is ${rule.what}, ${given}`,
    {
      at: word ? places.of(line, word) : places.of(line),
      hint: `the IOC does not run the command: ${rule.example}`,
    },
  )
}

interface Rule {
  /** Place among the words; the command is the first one. */
  readonly index: number
  readonly argument: string
  readonly what: string
  readonly example: string
  /** What is no number is told by its type. */
  takes(text: Word['text']): boolean
}

const rules: Readonly<Record<string, Rule>> = {
  callbackSetQueueSize: {
    ...{ index: 1, argument: 'bufsize', what: 'a positive integer' },
    example: 'callbackSetQueueSize 4000',
    takes(text) {
      const size = toInteger(text)
      return 'error' in size || size.value > 0
    },
  },
  callbackParallelThreads: {
    ...{ index: 2, argument: 'priority', what: 'LOW, MEDIUM, HIGH or *' },
    example: 'callbackParallelThreads 2 LOW',
    takes: (text) => /^(?:LOW|MEDIUM|HIGH|\*)?$/i.test(text),
  },
}
