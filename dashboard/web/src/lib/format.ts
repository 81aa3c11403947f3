const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its two largest units at most: `3 s`, `4 min`, `2 h 5 min`, `3 d`. */
export function span(millis: number): string {
  const ms = Math.max(0, millis)
  if (ms < SECOND) return `${Math.round(ms)} ms`
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE)
    return `${Math.floor(ms / HOUR)} h${minutes ? ` ${minutes} min` : ''}`
  }
  return `${Math.floor(ms / DAY)} d`
}

/** How long ago, as a person says it. */
export function ago(thenMillis: number, nowMillis: number): string {
  return nowMillis - thenMillis < SECOND ? 'now' : `${span(nowMillis - thenMillis)} ago`
}

/** Date and time on this computer's clock, to the millisecond, for titles. */
export function exact(millis: number): string {
  const date = new Date(millis)
  return `${date.toLocaleString()}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Time of day, with the date when it is not today. */
export function clock(millis: number, nowMillis: number): string {
  const date = new Date(millis)
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return new Date(nowMillis).toDateString() === date.toDateString()
    ? time
    : `${date.toLocaleDateString([], { month: 'short', day: 'numeric' })} ${time}`
}

/** Five significant digits, without a tail of zeros. */
export function value(number: number | null | undefined): string {
  if (number === null || number === undefined) return '–'
  const size = Math.abs(number)
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return number.toExponential(3)
  return String(Number(number.toPrecision(5)))
}

/** A whole number with thousands apart. */
export function count(number: number): string {
  return Math.round(number).toLocaleString()
}

/** A rate: a decimal only where it says something. */
export function rate(number: number): string {
  return number > 0 && number < 10 ? number.toFixed(1) : count(number)
}
