const FIRST_MILLIS = 250
const LONGEST_MILLIS = 10_000

/** How long to wait before try number `tries` (from 0), with jitter so that many pages do not come back at once. */
export function backoff(tries: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** tries)
  return longest / 2 + (random() * longest) / 2
}
