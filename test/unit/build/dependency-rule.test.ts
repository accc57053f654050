import { expect, test } from 'vitest'
import { readDependencyRule } from '../../../src/build/dependency-rule.ts'

test.each([
  ['a.o: a.c b.h\n', ['a.c', 'b.h']],
  ['a.o: a.c \\\n  /usr/include/x.h \\\n  y.h\n', ['a.c', '/usr/include/x.h', 'y.h']],
  ['a.o: with\\ blank.c \\#x.h $$y.h\n', ['with blank.c', '#x.h', '$y.h']],
  ['C:/a.o: a.c\n\nb.h:\n', ['a.c']],
  ['a.o: back\\slash.c\n', ['back\\slash.c']],
  ['', []],
  ['a.o:\n', []],
])('%j', (text, files) => {
  expect(readDependencyRule(text)).toEqual(files)
})
