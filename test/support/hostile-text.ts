import fc from 'fast-check'

const pieces = [
  '$(',
  '${',
  '$(A)',
  '$(B=',
  ')',
  '}',
  '(',
  ',',
  '=',
  '"',
  "'",
  '\\',
  '$',
  '#',
  '<',
  '>',
  '2>',
  ' ',
  '\t',
  '\r',
  'A',
  'B',
  'x',
  'ö',
  '😀',
  '\ud800',
  '\0',
  '\n',
  '\ufeff',
  'recursive',
  'undefined',
]

/** Texts made of what is special in macros and IOC shell lines, with some plain text between. */
export function hostileText(constraints: fc.StringConstraints = {}): fc.Arbitrary<string> {
  const unit = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }) },
  )
  return fc.string({ ...constraints, unit })
}
