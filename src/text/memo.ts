/** A function that is asked once for each key and then knows the answer, `undefined` included. */
export function memo<Key, Answer>(ask: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as Answer
    const answer = ask(key)
    known.set(key, answer)
    return answer
  }
}
