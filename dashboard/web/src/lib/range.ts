/** A stretch of time to look at: fixed, or the last so many milliseconds, moving with the clock. */
export type Range = { from: number; to: number; following: boolean }

const LEAST_MILLIS = 1000
export const MINUTE_MILLIS = 60_000
export const DEFAULT_LAST_MILLIS = 15 * MINUTE_MILLIS

/** Milliseconds since 1970 or ISO 8601; 0 when it is neither. */
export function moment(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  return Date.parse(text) || 0
}

/** Reads `from`, `to` and `last` of an address. */
export function readRange(parameter: (name: string) => string, now: number): Range {
  const [from, to] = [moment(parameter('from')), moment(parameter('to'))]
  if (from && to > from) return { from, to, following: false }
  const last = Math.max(LEAST_MILLIS, Number(parameter('last')) || DEFAULT_LAST_MILLIS)
  return { from: now - last, to: now, following: true }
}

/** The parameters of a fixed range, never ending after now. */
export function fixed(from: number, to: number, now: number): Record<string, string> {
  const width = Math.max(LEAST_MILLIS, to - from)
  const end = Math.min(to, now)
  return { from: String(Math.round(end - width)), to: String(Math.round(end)), last: '' }
}

/** @param factor above 1 shows more */
export function zoomed({ from, to }: Range, factor: number, now: number): Record<string, string> {
  const middle = (from + to) / 2
  const half = ((to - from) * factor) / 2
  return fixed(middle - half, middle + half, now)
}

/** @param part of the range's width, below 0 towards the past */
export function moved({ from, to }: Range, part: number, now: number): Record<string, string> {
  const by = (to - from) * part
  return fixed(from + by, to + by, now)
}

/** What a list asks for: `from` and `to` of an address, or its `last` so many milliseconds, or nothing: the server's default. */
export function spanOf(parameter: (name: string) => string, now: number): { from?: number; to?: number } {
  const [from, to, last] = [moment(parameter('from')), moment(parameter('to')), Number(parameter('last')) || 0]
  if (!from && !to) return last ? { from: now - last } : {}
  return { ...(from && { from }), ...(to && { to }) }
}
