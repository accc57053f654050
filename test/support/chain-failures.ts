/** A mistake in a module, and what is said of it. */
export interface Failure {
  /** As in docs/reference/build-failures.md. */
  readonly title: string
  /** Files of the module; those of `plain` if they are not given. */
  readonly files?: Readonly<Record<string, string>>
  /** Default: `build`. */
  readonly command?: readonly string[]
  readonly status: number
  /** Code first, then texts. */
  readonly says: readonly string[]
}

/** A module of one file. More lines of its `module.yaml`, or others instead. */
const recipe = (more = '', version = '1.0.0'): Readonly<Record<string, string>> => ({
  'module.yaml': `name: bad\nversion: ${version}\nsources: "*.c"\n${more}\n`,
})
const source = (text = 'int bad;\n') => ({ 'bad.c': text })
const plain = (more = '', version?: string) => ({ ...recipe(more, version), ...source() })
const cell = ['install', '--cell', 'cell']

/** Mistakes of dependencies. */
const dependencies: readonly Failure[] = [
  {
    title: 'a required module is not installed',
    files: plain('requires: nosuch'),
    status: 1,
    says: ['MODULE_NOT_FOUND', 'module.yaml:4:11', 'module nosuch is not installed', 'searched: '],
  },
  {
    title: 'a required version is not installed',
    files: plain('requires: "alpha,9.0.0"'),
    status: 1,
    says: [
      'REQUIRE_NOT_FOUND',
      'alpha 9.0.0 is not installed',
      'installed: alpha 1.0.0+2, 1.0.0+1',
    ],
  },
  {
    title: 'a required revision is not installed',
    files: plain('requires: "gamma,1.0.0+9"'),
    status: 1,
    says: ['REQUIRE_NOT_FOUND', 'gamma 1.0.0+9 is not installed', 'help: use gamma 1.0.0+2'],
  },
  {
    title: 'two required modules want different versions of a third',
    files: plain('requires: ["delta,1.0.0+0", "alpha,1.0.0+1"]'),
    status: 1,
    says: [
      'VERSION_CONFLICT',
      'delta.dep:2:1: delta 1.0.0+0 asks for alpha 1.0.0+0',
      'module.yaml:4:29: alpha 1.0.0+1 is asked for here',
      'help: use delta 1.0.0+1',
    ],
  },
  {
    title: 'a module that needs another version of itself',
    files: {
      'module.yaml': 'name: alpha\nversion: 9.0.0\nsources: "*.c"\nrequires: beta\n',
      ...source(),
    },
    status: 1,
    says: [
      'DEPENDENCY_CYCLE',
      'module.yaml:4:11',
      'alpha depends on itself: alpha 9.0.0 -> beta -> alpha 1.0.0+2',
    ],
  },
  {
    title: 'a header of a module that is not required',
    files: { ...recipe(), ...source('#include <beta.h>\nint bad = BETA;\n') },
    status: 1,
    says: ['HEADER_UNDECLARED', 'beta.h belongs to beta 1.0.0+2', 'requires: beta'],
  },
  {
    title: 'a header that no module has',
    files: { ...recipe(), ...source('#include <nosuch.h>\n') },
    status: 1,
    says: ['COMPILE_ERROR', 'bad.c:1:10', 'no module of the tree has nosuch.h'],
  },
  {
    title: 'state notation without the sequencer',
    files: {
      'module.yaml': 'name: bad\nversion: 1.0.0\nsources: "*.st"\n',
      'bad.st': 'program bad\n',
    },
    status: 1,
    says: ['TOOL_NOT_FOUND', 'no required module has the program snc', 'requires: sequencer'],
  },
]

/** Mistakes in what is compiled or generated. */
const sources: readonly Failure[] = [
  {
    title: 'sources that do not compile',
    files: { ...recipe(), ...source('int bad = nosuch;\n'), 'worse.c': 'int worse = ;\n' },
    status: 1,
    says: ['COMPILE_ERROR', 'bad.c:1:11', 'worse.c:1:13', 'build.log'],
  },
  {
    title: 'sources that are not there',
    files: recipe(),
    status: 1,
    says: ['FILE_NOT_FOUND', 'module.yaml:3:10', 'no file fits "*.c"'],
  },
  {
    title: 'a function that no library exports',
    files: {
      ...recipe(),
      ...source('extern int nosuch(void);\nint bad(void) { return nosuch(); }\n'),
    },
    command: cell,
    status: 1,
    says: ['LIBRARY_SYMBOL_MISSING', 'needs the symbol nosuch, which no library exports'],
  },
  {
    title: 'a dbd file that is not there',
    files: plain('dbds: bad.dbd'),
    status: 1,
    says: ['FILE_NOT_FOUND', 'module.yaml:4:7', 'there is no file bad.dbd'],
  },
  {
    title: 'a dbd file that includes one that is not there',
    files: { ...plain('dbds: bad.dbd'), 'bad.dbd': 'include "nosuch.dbd"\n' },
    status: 1,
    says: ['FILE_NOT_FOUND', 'bad.dbd:1:1', 'the file "nosuch.dbd" to include is not found'],
  },
  {
    title: 'a dbd file with a mistake',
    files: { ...plain('dbds: bad.dbd'), 'bad.dbd': 'device(ai, INST_IO devBad "bad")\n' },
    status: 1,
    says: ['DBD_SYNTAX', 'bad.dbd:1:20', 'a "," is missing'],
  },
  {
    title: 'device support of a record type that nobody has',
    files: { ...plain('dbds: bad.dbd'), 'bad.dbd': 'device(busy, CONSTANT, devBad, "bad")\n' },
    status: 1,
    says: ['DBD_RECORD_TYPE_UNKNOWN', 'bad.dbd:1:8', 'record type busy'],
  },
  {
    title: 'device support that the sources do not have',
    files: { ...plain('dbds: bad.dbd'), 'bad.dbd': 'device(ai, CONSTANT, devBad, "bad")\n' },
    command: cell,
    status: 1,
    says: ['LIBRARY_SYMBOL_MISSING', 'pvar_dset_devBad', 'its sources do not export'],
  },
  {
    title: 'a template that is not there',
    files: plain('templates: db/bad.template'),
    status: 1,
    says: ['FILE_NOT_FOUND', 'module.yaml:4:12', 'there is no file db/bad.template'],
  },
  {
    title: 'a substitution file whose template is not there',
    files: {
      ...plain('substitutions: bad.substitutions'),
      'bad.substitutions': 'file nosuch.template { {P=1} }\n',
    },
    status: 1,
    says: ['FILE_NOT_FOUND', 'bad.substitutions:1:24', 'cannot open nosuch.template', 'requires'],
  },
  {
    title: 'a substitution file with a mistake',
    files: {
      ...plain('substitutions: bad.substitutions'),
      'bad.substitutions': 'file x.template { pattern {A} {1\n',
    },
    status: 1,
    says: ['SUBSTITUTION_SYNTAX', 'bad.substitutions:1:33'],
  },
  {
    title: 'two files with one name in the installed module',
    files: { ...plain('headers: [a/x.h, b/x.h]'), 'a/x.h': '', 'b/x.h': '' },
    status: 1,
    says: ['INSTALLED_TWICE', 'a/x.h and b/x.h would both be installed as include/x.h'],
  },
]

/** Mistakes in what a module says of itself, and of the command line. */
const descriptions: readonly Failure[] = [
  {
    title: 'a revision that is no number',
    files: plain('', '1.0.0+x'),
    status: 1,
    says: ['VERSION_INVALID', 'module.yaml:2:10', '"+x" of 1.0.0+x is no revision'],
  },
  {
    title: 'a revision as it was written until require 3.3',
    files: plain('', '1.0.0-1'),
    status: 0,
    says: ['VERSION_UNCLEAR', '1.0.0-1 counts as a test version'],
  },
  {
    title: 'a version with zeros in front of its numbers',
    files: plain('', '01.0.0'),
    status: 0,
    says: ['VERSION_UNCLEAR', '01.0.0 is the same version as 1.0.0'],
  },
  {
    title: 'a name that is no identifier in C',
    files: { ...source(), 'module.yaml': 'name: my-mod\nversion: 1.0.0\nsources: "*.c"\n' },
    status: 1,
    says: ['RECIPE_VALUE', 'module.yaml:1:7', 'name: my_mod'],
  },
  {
    title: 'a key that is misspelled',
    files: plain('requirs: alpha'),
    status: 1,
    says: ['RECIPE_KEY', 'did you mean "requires"?'],
  },
  {
    title: 'a folder without a module',
    files: { 'README.md': '' },
    status: 1,
    says: ['RECIPE_NOT_FOUND', 'there is no module.yaml in it'],
  },
  {
    title: 'an architecture that the base is not built for',
    files: plain('requires: alpha'),
    command: ['build', '--arch', 'linux-ppc64'],
    status: 3,
    says: ['BASE_ARCH_MISSING', 'is not built for linux-ppc64'],
  },
  {
    title: 'a module tree that is not there',
    files: plain(),
    command: ['install', '--prefix', 'nosuch'],
    status: 3,
    says: ['TREE_UNKNOWN', '/nosuch, which --prefix names', '--create'],
  },
]

/** Everything that stops a build or an installation, in the order of the page. */
export const failures: readonly Failure[] = [...dependencies, ...sources, ...descriptions]
