import type { Random } from './random.ts'

/** A text made of pieces, or one of the samples, changed here and there. */
export function makeText(
  random: Random,
  { samples, pieces }: { readonly samples: readonly string[]; readonly pieces: readonly string[] },
): string {
  const [first = '', ...others] = samples
  const start = random.oneIn(2) ? joined(random, pieces) : random.pick([first, ...others])
  let text = start
  for (let changes = random.below(6); changes > 0; changes--) {
    text = changed(random, text, pieces)
  }
  return text.slice(0, longest)
}

const longest = 20_000

/** What trips parsers of any kind. */
const oddities: readonly [string, ...string[]] = [
  '\0',
  ...['\r', '\n', '\r\n', '\t', ' ', '\\', '"', "'", '`', '$', '$(', '${', ')', '}', '{'],
  ...['(', ',', '=', '#', '#-', '<', '>', '>>', '2>', '|', '&', ';', '%', '@', '+', '-', '--', '.'],
  ...[
    '0',
    '9',
    '18446744073709551616',
    '9007199254740993',
    '1e999',
    '-1',
    '0x',
    'NaN',
    '__proto__',
  ],
  ...['constructor', '\ufeff', '\u00e9', '\u2028', '\ud800', '\udc00', '😀', '/', '..', '~'],
]

function joined(random: Random, pieces: readonly string[]): string {
  const parts: string[] = []
  for (let count = random.below(30); count > 0; count--) parts.push(piece(random, pieces))
  return parts.join('')
}

function piece(random: Random, pieces: readonly string[]): string {
  const [first, ...others] = pieces
  if (first === undefined || random.oneIn(4)) return random.pick(oddities)
  return random.pick([first, ...others])
}

function changed(random: Random, text: string, pieces: readonly string[]): string {
  const at = random.below(text.length + 1)
  const end = Math.min(text.length, at + random.below(20))
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(end)
    case 1:
      return text.slice(0, at) + text.slice(at, end).repeat(2 + random.below(50)) + text.slice(end)
    case 2:
      return text.slice(0, at)
    case 3:
      return text.slice(at, end) + text
    case 4:
      return (
        text.slice(0, at) +
        piece(random, pieces).repeat(1 + random.below(random.pick([10, 30, 300]))) +
        text.slice(at)
      )
    default:
      return text.slice(0, at) + piece(random, pieces) + text.slice(end)
  }
}

/** Bytes of a sample with some of them changed, or the beginning of it, or noise. */
export function makeBytes(random: Random, samples: readonly Uint8Array[]): Uint8Array {
  const sample = samples[random.below(samples.length)]
  if (!sample || random.oneIn(20)) return Uint8Array.from(noise(random))
  const length = random.oneIn(4) ? random.below(sample.length + 1) : sample.length
  const bytes = sample.slice(0, length)
  // Headers and tables stand at the beginning: most changes there, where they matter.
  const reach = random.pick([64, 1024, bytes.length])
  for (let changes = 1 + random.below(12); changes > 0; changes--) {
    bytes[random.below(Math.min(reach, bytes.length))] = random.pick([
      0,
      1,
      0x7f,
      0x80,
      0xff,
      random.below(256),
    ])
  }
  return bytes
}

function noise(random: Random): number[] {
  return Array.from({ length: random.below(200) }, () => random.below(256))
}
