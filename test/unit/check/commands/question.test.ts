import { expect, test } from 'vitest'
import {
  commandQuestion,
  questionPrompt,
  readCommandAnswer,
} from '../../../../src/check/commands/question.ts'

const columns = 'cd   dbl\nhelp    postEvent\n'
const advice = "Type 'help <command>' to see the arguments of <command>."

/** What a shell prints that is asked, step by step. */
function answer(help: string, { isTypedShown = false } = {}): string {
  const lines = commandQuestion([{ lines: ['dlload x.so'] }]).split('\n')
  return lines
    .map((line) => {
      const typed = isTypedShown ? `${questionPrompt}${line}\n` : questionPrompt
      if (line === 'help') return typed + help
      return line.startsWith('echo ') ? `${typed}${line.slice(5)}\n` : typed
    })
    .join('')
}

test.each([
  ['the advice behind the names', answer(`${columns}\n${advice}\nand more of it\n`)],
  ['with what is typed', answer(`${columns}\n${advice}\n`, { isTypedShown: true })],
  ['the advice in front of them', answer(`${advice}\n${columns}`, { isTypedShown: true })],
  ['no advice', answer(columns)],
])('names of commands: %s', (_title, output) => {
  const table = readCommandAnswer({ output, steps: 1, definitions: [] })
  expect([...(table?.commands.keys() ?? [])]).toEqual(['cd', 'dbl', 'help', 'postEvent'])
})
