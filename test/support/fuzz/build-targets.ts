import { readCompilerOutput } from '../../../src/build/compiler-output.ts'
import { readDependencyRule } from '../../../src/build/dependency-rule.ts'
import { readMakeErrors } from '../../../src/build/make-output.ts'
import { readMakeVariables } from '../../../src/build/recipe/make-variables.ts'
import { readModuleYaml } from '../../../src/build/recipe/module-yaml.ts'
import { printModuleYaml } from '../../../src/build/recipe/print-module-yaml.ts'
import { programsOf } from '../../../src/build/state-notation.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

/** What builds of modules read. */
export const buildTargets: readonly Target[] = [
  textTarget('module.yaml', readYaml, {
    samples: [
      'name: sim\nversion: 1.0.0\nsources: src/*.c\nrequires: {asyn: 4.42.0+1}\n',
      'name: sim\nversion: 1\ndbds: [a.dbd]\narch: {linux-x86_64: {cflags: -O2, libraries: [m]}}\n',
    ],
    pieces: [
      ...['name', 'version', 'sources', 'requires', 'cflags', ': ', '- ', '\n', '  ', '{', '}'],
      ...[
        '[',
        ']',
        ',',
        '*',
        '!',
        '&a ',
        '*a',
        '<<',
        '|',
        "'",
        '"',
        '#',
        '../',
        '/',
        '%YAML 1.1\n',
      ],
    ],
  }),
  textTarget('compiler output', readAllOutput, {
    samples: [
      'src/a.c:3:10: fatal error: asynDriver.h: No such file or directory\n    3 | #include <x.h>\n',
      "ld: a.o: in function `f':\na.c:(.text+0x1): undefined reference to `g'\n",
      "Makefile:3: *** missing separator.  Stop.\nmake: *** No rule to make target 'x'.\n",
    ],
    pieces: ['src/a.c', ':', '3', 'error: ', 'warning: ', '\n', "'", '`', '***', 'undefined', ' '],
  }),
  textTarget('dependency rule', readDependencyRule, {
    samples: ['a.o: src/a.c \\\n /usr/include/x\\ y.h a$$b.h\n\nx.h:\n'],
    pieces: ['a.o', ':', ' ', '\\\n', '\\', '$$', '#', '\n', '/usr/x.h'],
  }),
  textTarget('make variables', readMakeVariables, {
    samples: ['SOURCES\u0001src/a.c src/b.c\nDBDS\u0001a.dbd\n'],
    pieces: ['SOURCES', '=', ' ', '\n', '\u0001', '\t', 'a.c'],
  }),
  textTarget('state notation', programsOf, {
    samples: ['program demo("P=x")\n%%#include <a>\n/* program no */ // program\nss s { }\n'],
    pieces: ['program ', 'demo', '(', '"', '/*', '*/', '//', '\n', '%%', '%{', '}%', '\\'],
  }),
]

function textTarget(
  name: string,
  read: (text: string) => unknown,
  words: Parameters<typeof makeText>[1],
): Target {
  return {
    name,
    make(random) {
      const input = makeText(random, words)
      return { input, run: () => void read(input) }
    },
  }
}

function readYaml(text: string): void {
  const { value } = readModuleYaml({ name: 'module.yaml', text }, 'linux-x86_64')
  if (value) printModuleYaml(value)
}

function readAllOutput(text: string): void {
  readCompilerOutput(text)
  readMakeErrors(text)
}
