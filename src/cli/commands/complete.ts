import { Command } from 'commander'
import { listEmbedded } from '../../host/base/embedded.ts'
import { locateBase } from '../../host/base/locate.ts'
import { siteOf } from '../../host/site.ts'
import { createTreeReader } from '../../host/tree-reader.ts'
import { listInstalled, listModules } from '../../modules/list-installed.ts'
import type { Site } from '../../modules/site.ts'
import type { Argument } from '../../startup/request.ts'
import { spanOf } from '../../text/span.ts'
import { type CompletionSources, completeE3, completeIocsh, typedWords } from '../completion.ts'
import type { CliContext } from '../context.ts'
import { findOption } from '../iocsh/options.ts'

/** `e3 complete INDEX WORD...`: the words that may stand at this place, for `e3-env.sh`. */
export function completeCommand(context: CliContext, program: () => Promise<Command>): Command {
  return new Command('complete')
    .description('print the words that may follow, one a line (for shells)')
    .argument('<index>', 'number of the word that is being typed, the command is 0')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (index: string, words: string[]) => {
      const at = Math.max(1, Number(index) || 0)
      const typed = typedWords(words, at)
      const sources = sourcesOf(context, modulePathsOf(typed.before))
      const found = /(^|\/)iocsh$/.test(words[0] ?? '')
        ? completeIocsh(typed, sources)
        : completeE3(typed, await program(), sources)
      const answers = found.map((word) => `${typed.prefix ?? ''}${word}`)
      return context.finish({ output: answers.join('\n'), diagnostics: [] })
    })
}

/** The values of `-l` on the command line so far. */
function modulePathsOf(words: readonly string[]): Argument[] {
  return words.flatMap((text, index) =>
    findOption(words[index - 1] ?? '')?.key === 'modulePath'
      ? [{ text, at: spanOf({ name: '<command line>', text }) }]
      : [],
  )
}

/** Completion says nothing about what is wrong: it offers what it finds. */
function sourcesOf({ env, cwd }: CliContext, modulePaths: readonly Argument[]): CompletionSources {
  let known: Site | undefined
  const site = (): Site => {
    known ??= siteOf({
      ...{ env, cwd, modulePaths, reader: createTreeReader() },
      architecture: locateBase({ env, cwd }).value?.arch ?? '',
    }).value
    return known
  }
  return {
    modules: () => listModules(site()),
    versions: (module) => listInstalled(site(), module).map(({ version }) => version.text),
    bases: () => listEmbedded(env).map(({ version }) => version),
  }
}
