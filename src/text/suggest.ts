/**
 * The candidates nearest to a misspelled word, best first: those with at most a third of its
 * letters wrong (as cargo and git do), and words that differ in case or separators only. Words of
 * one or two letters are near to everything: for them only the latter counts. Nobody mistypes a word
 * of more than 200 letters.
 */
export function suggest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  if (word.length > 200) return []
  const wanted = fold(word)
  const allowed = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3))
  const near: { candidate: string; distance: number }[] = []
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const distance = editDistance(wanted, fold(candidate), allowed)
    if (distance <= allowed) near.push({ candidate, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return near.slice(0, limit).map(({ candidate }) => candidate)
}

/**
 * `did you mean "asyn" or "async"?`, or nothing. A word that is no misspelled one may be the beginning
 * of one: `--modul` of `--module-path`.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  const misspelled = suggest(word, all)
  const near = misspelled.length > 0 ? misspelled : begunBy(word, all)
  return near.length > 0
    ? `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
    : undefined
}

/** Whether a help line is one of `didYouMean`, which may go on behind it. */
export function isOffer(hint: string | undefined): boolean {
  return hint?.startsWith('did you mean') ?? false
}

/** The shortest words that go on where this one ends, which has at least three letters. */
function begunBy(word: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = fold(word)
  if (wanted.replace(/^_+/, '').length < 3) return []
  return [...new Set(candidates)]
    .filter((candidate) => fold(candidate).startsWith(wanted))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, limit)
}

/**
 * Whether a word can be put right without a thought: at most two of its letters are wrong, one in
 * short words, and its numbers are those of the candidate (`asynInt64` is no misspelled `asynInt32`).
 */
export function isTypo(word: string, candidate: string): boolean {
  const allowed = word.length < 6 ? 1 : 2
  const digits = (text: string) => text.replace(/\D+/g, ' ').trim()
  if (digits(word) !== digits(candidate)) return false
  return editDistance(fold(word), fold(candidate), allowed) <= allowed
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '_')
}

/** Optimal string alignment: swapped neighbours count once. Gives up (limit + 1) above the limit. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
