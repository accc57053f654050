/** A message of GNU make that ends its work. */
export interface MakeError {
  /** Absent where make names no place. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly text: string
  /** What make has no rule for. */
  readonly missing?: string
  /** The target whose commands failed. */
  readonly failed?: string
}

const placed = /^(?<file>[^\s:][^:]*):(?<line>\d+): (?:\*\*\* )?(?<text>.*?)(?: {2}Stop\.)?$/
const included = /^(?<file>[^\s:][^:]*):(?<line>\d+): (?<text>.*: No such file or directory)$/
const general = /^(?:g?make)(?:\[\d+\])?: \*\*\* (?<text>.*?)(?: {2}Stop\.)?$/
const noRule = /^No rule to make target [`']([^']*)'/
const recipe = /^\[(?:([^\]]*):(\d+): )?([^\]]*)\] /

/** Reads the errors in what GNU make said (with LC_ALL=C): `x.mk:3: *** missing separator.  Stop.` */
export function readMakeErrors(output: string): MakeError[] {
  const found = output.split('\n').flatMap((line): MakeError[] => {
    const { file, line: number, text = '' } = match(line)
    if (text === '' || /^Target .* not remade because of errors/.test(text)) return []
    const [, missing] = noRule.exec(text) ?? []
    const [, inFile, onLine, failed] = recipe.exec(text) ?? []
    const place = file ?? inFile
    return [
      {
        text,
        ...(place !== undefined && { file: place, line: Number(number ?? onLine) }),
        ...(missing !== undefined && { missing }),
        ...(failed !== undefined && { failed }),
      },
    ]
  })
  // That an included file is missing is told a second time, as a target without a rule.
  const [first] = found
  return first && included.test(`${first.file}:${first.line}: ${first.text}`) ? [first] : found
}

function match(line: string): Partial<Record<'file' | 'line' | 'text', string>> {
  const isStop = line.includes('***') || included.test(line)
  if (!isStop) return {}
  return (general.exec(line) ?? placed.exec(line))?.groups ?? {}
}
