/**
 * A test for names with `*` and `?` (dbglob of EPICS base; epicsStrGlobMatch). Brackets and braces
 * are plain characters: names of records have them. The time grows with the product of both lengths
 * at most.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern
  return (text) => matches(pattern, text)
}

function matches(pattern: string, text: string): boolean {
  let [at, from] = [0, 0]
  let [star, restart] = [-1, 0]
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at++
      restart = from
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at++
      from++
    } else if (star < 0) return false
    else {
      at = star + 1
      from = ++restart
    }
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
