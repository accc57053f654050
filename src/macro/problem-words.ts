interface Problem {
  readonly kind: string
  readonly name: string
}

/** `macro A`, or what else a problem is about: `$()`, and a text that is too deep, name none. */
export function subjectOf({ kind, name }: Problem): string {
  if (name !== '') return `macro ${name}`
  return kind === 'endless' ? 'the text' : 'a macro without a name'
}

/** `macro A contains itself`, or what else has no end. */
export function loopWords(problem: Problem): string {
  const what = problem.kind === 'recursive' ? 'contains itself' : 'grows or nests without end'
  return `${subjectOf(problem)} ${what}`
}
