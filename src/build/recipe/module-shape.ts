import { isModuleName, isVersionName } from '../../modules/module-name.ts'
import { objectOf } from '../../settings/object-shape.ts'
import type { JsonSchema } from '../../settings/shape.ts'
import { checkedText, mapOf, oneOrMore, text } from '../../settings/shapes.ts'

/** The name becomes part of C functions such as `<module>_registerRecordDeviceDriver`. */
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/

const name = checkedText(
  (word) =>
    identifier.test(word) ? undefined : { problem: 'is no name of a module', hint: nameHint(word) },
  { pattern: identifier.source },
)

function nameHint(word: string): string {
  const better = word.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')
  return `letters, digits and "_" only, as it is part of names in C: name: ${better}`
}

const version = checkedText((word) =>
  isVersionName(word)
    ? undefined
    : {
        problem: 'is no version',
        hint: 'MAJOR.MINOR.PATCH+REVISION, or the name of a test version',
      },
)

const request = checkedText((word) => {
  const [module = '', asked, ...rest] = word.split(',')
  const isGood = isModuleName(module) && rest.length === 0 && (!asked || isVersionName(asked))
  const hint = 'write asyn, or asyn,4.42.0'
  return isGood && asked !== ''
    ? undefined
    : { problem: 'is no module with or without a version', hint }
})

/** A line end in a path would end a command; a folder of its own is the module's only place. */
const path = checkedText((word) => {
  if (/[\r\n]/.test(word)) return { problem: 'has a line end' }
  if (/^!?\//.test(word)) return { problem: 'is absolute', hint: 'paths start in this folder' }
  return undefined
})

const library = checkedText(
  (word) =>
    /^\w[\w.+-]*$/.test(word)
      ? undefined
      : { problem: 'is no name of a library', hint: 'usb-1.0 for libusb-1.0.so' },
  { pattern: '^\\w[\\w.+-]*$' },
)

const flags = checkedText((word) =>
  /[\r\n]/.test(word) ? { problem: 'has a line end' } : undefined,
)

const architecture = checkedText(
  (word) =>
    /^[a-z][\w-]*$/.test(word)
      ? undefined
      : { problem: 'is no architecture', hint: 'linux-x86_64, or linux for all of them' },
  { pattern: '^[a-z][\\w-]*$' },
)

/** What may also be said for one architecture only. */
const parts = {
  sources: [oneOrMore(path), 'C, C++ and state notation: src/*.c; "!src/old.c" leaves one out.'],
  dbds: [oneOrMore(path), 'Database definitions; one dbd file is made of all of them.'],
  headers: [oneOrMore(path), 'Headers for modules that require this one.'],
  templates: [oneOrMore(path), 'Templates, protocols and request files, installed in db.'],
  scripts: [oneOrMore(path), 'Snippets (.iocsh) and startup scripts.'],
  substitutions: [oneOrMore(path), 'Substitution files that are expanded to databases in db.'],
  requires: [oneOrMore(request), 'Modules that this one needs: asyn, or asyn,4.42.0.'],
  includes: [oneOrMore(path), 'Further folders with headers of its own.'],
  cppflags: [oneOrMore(flags), 'Flags of C and C++ compilers, such as -DNAME=1.'],
  cflags: [oneOrMore(flags), 'Flags of the C compiler.'],
  cxxflags: [oneOrMore(flags), 'Flags of the C++ compiler, such as -std=c++17.'],
  ldflags: [oneOrMore(flags), 'Flags of the linker.'],
  libraries: [oneOrMore(library), 'Libraries of the system: usb-1.0 for libusb-1.0.so.'],
} as const

/** The file `module.yaml`. */
export const moduleShape = objectOf(
  {
    name: [name, 'Name of the module, a C identifier.'],
    version: [version, 'MAJOR.MINOR.PATCH+REVISION, or the name of a test version.'],
  },
  {
    description: [text, 'What it is for, in a sentence.'],
    ...parts,
    architectures: [
      mapOf(architecture, objectOf({}, parts)),
      'What is to be added for an architecture (linux-arm) or an operating system (linux).',
    ],
  },
)

/** The JSON schema of `module.yaml`; published as docs/module.schema.json. */
export function moduleSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'module.yaml: what an EPICS module is made from',
    ...moduleShape.schema,
  }
}
