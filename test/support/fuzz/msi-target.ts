import { runMsi } from '../../../src/database/msi/msi.ts'
import { parseMsiArguments } from '../../../src/database/msi/options.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

/** A template and a substitution file that may name each other. */
export const msiTarget: Target = {
  name: 'msi',
  make(random) {
    const template = makeText(random, { samples: templates, pieces: templatePieces }).slice(0, 1500)
    const sets = makeText(random, { samples: rows, pieces: rowPieces }).slice(0, 1500)
    const args = random.pick([
      ['-V', '-MA=1', '-Ss'],
      ['-V', '-I.', 't'],
      ['-g', '-Ss', 't'],
    ])
    return {
      input: `--- t\n${template}\n--- s\n${sets}`,
      run: () => expand(args, { template, sets }),
    }
  },
}

const templates = ['record(ai, "$(A)") {}\ninclude "s"\nsubstitute "A=2"\n$(B=$(A))\n']
const templatePieces = [
  ...['include "t"\n', 'include "s"\n', 'substitute "A=$(B)"\n', 'substitute "'],
  ...['$(A)', '${B=1}', '$(', '"', "'", '\n', '\\', 'x'.repeat(500)],
]
const rows = [
  'global { B=1 }\nfile t { pattern { A } { 1 } { "2" } }\n',
  'file t { { A=1, B="2" } }\n',
]
const rowPieces = [
  'file t {',
  '{A=1}',
  '{}',
  'global {',
  'pattern {A}',
  ', ',
  '\n',
  '#',
  '"',
  '$(A)',
]

function expand(
  args: readonly string[],
  { template, sets }: { readonly template: string; readonly sets: string },
): void {
  const parsed = parseMsiArguments(args)
  if (parsed.kind !== 'run') return
  let length = 0
  runMsi(parsed.options, {
    read: (path) => ({ text: path?.endsWith('s') ? sets : template }),
    write: (text) => {
      length += text.length
      if (length > 100_000_000) throw new Error('endless output')
    },
    variable: () => undefined,
  })
}
