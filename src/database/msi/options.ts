/** What the user asks of msi. Texts have one character a byte, as the command line is bytes. */
export interface MsiOptions {
  /** `-M`, in their order: definition lists. */
  readonly macros: readonly string[]
  /** `-S`: the substitution file. */
  readonly substitutions: string | undefined
  /** `-I`: directories; empty if there was none. */
  readonly path: readonly string[]
  /** `-o`: where the text goes, else to standard output. */
  readonly output: string | undefined
  /** `-V`: undefined macros are marked and give status 2. */
  readonly isVerbose: boolean
  /** `-g`: sets have no scope of their own. */
  readonly isGlobal: boolean
  /** `-D`: a make rule in place of the text. */
  readonly isDependencies: boolean
  readonly template: string | undefined
}

/** The options, or `help`, or what is wrong with the argument of this number. */
export type MsiArguments =
  | { readonly kind: 'run'; readonly options: MsiOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string; readonly index: number }

/**
 * Reads the arguments of msi: options first, each on its own, values glued or separate; at most one
 * template behind them. As in msi `-h` counts when it is reached.
 */
export function parseMsiArguments(words: readonly string[]): MsiArguments {
  const lists = { M: [] as string[], S: [] as string[], I: [] as string[], o: [] as string[] }
  const flags = new Set<string>()
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-')) break
    if (word === '-h' || word === '--help') return { kind: 'help' }
    const letter = word.charAt(1)
    if (letter === 'M' || letter === 'S' || letter === 'I' || letter === 'o') {
      const value = word.length > 2 ? word.slice(2) : words[++at]
      if (value === undefined) return wrong(`option ${word} needs a value`, at - 1)
      lists[letter].push(value)
    } else if (/^-[VgD]$/.test(word)) flags.add(letter)
    else return wrong(`there is no option ${word}`, at)
  }
  if (words.length > at + 1) return wrong('only one template can stand behind the options', at + 1)
  const template = words[at]
  if (flags.has('D') && lists.o.length === 0) {
    return wrong('option -D needs -o: the rule is for that file', words.indexOf('-D'))
  }
  const options: MsiOptions = {
    ...{ macros: lists.M, substitutions: lists.S.at(-1), output: lists.o.at(-1), template },
    path: lists.I.filter((list) => list !== '').flatMap(directoriesOf),
    isVerbose: flags.has('V'),
    isGlobal: flags.has('g'),
    isDependencies: flags.has('D'),
  }
  return { kind: 'run', options }
}

function wrong(message: string, index: number): MsiArguments {
  return { kind: 'wrong', message, index }
}

/** An empty part is the working directory. */
function directoriesOf(list: string): string[] {
  return list.split(':').map((directory) => directory || '.')
}

export const msiHelp = `Usage: e3 msi [options] [template]

Expands the macros of a template, once or for each set of a substitution file, as msi of EPICS base
does. Without template and substitution file standard input is expanded.

Options, each on its own, their values glued or separate, all before the template:
  -M LIST    macros NAME=VALUE,NAME=VALUE...; repeatable
  -S FILE    a substitution file; a template on the command line replaces the names in it
  -I DIR     where templates and included files are looked for, DIR:DIR...; repeatable. Once given,
             names without a slash are looked for only there
  -o FILE    write to FILE in place of standard output; no FILE is left if there are errors
  -V         undefined macros are errors: they are marked in the text, the exit status is 2
  -g         macros of a set stay defined for the sets behind it
  -D         print the files read as a rule for make; needs -o, which is the target
  -h         print this help

Exit status: 0 fine, 1 errors, 2 undefined macros with -V.`
