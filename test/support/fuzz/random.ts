/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** True once in `times` on average. */
  oneIn(times: number): boolean
}

/** mulberry32, a small generator in the public domain; good enough to make inputs. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    oneIn: (times) => below(times) === 0,
  }
}
