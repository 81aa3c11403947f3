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

/** A length of time that is watched for its size: `415 ms`, `1.9 s`, from a minute as `span` says it. */
export function delay(millis: number): string {
  return millis >= 999.5 && millis < MINUTE ? `${(millis / SECOND).toFixed(1)} s` : span(millis)
}

/** How long ago, as a person says it. */
export function ago(thenMillis: number, nowMillis: number): string {
  return nowMillis - thenMillis < SECOND ? 'now' : `${span(nowMillis - thenMillis)} ago`
}

const two = (number: number) => String(number).padStart(2, '0')

function day(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Time of day on this computer's clock, to the second, 24 hours. */
export function timeOfDay(millis: number): string {
  const date = new Date(millis)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Time of day, with the date before it when it is not today. */
export function clock(millis: number, nowMillis: number): string {
  const date = day(new Date(millis))
  return date === day(new Date(nowMillis)) ? timeOfDay(millis) : `${date.slice(5)} ${timeOfDay(millis)}`
}

/** Date and time to the millisecond with the zone, for titles. */
export function exact(millis: number): string {
  const date = new Date(millis)
  const zone = -date.getTimezoneOffset()
  const offset = zone ? `${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}` : 'Z'
  return `${day(date)} ${timeOfDay(millis)}.${String(date.getMilliseconds()).padStart(3, '0')} ${offset}`
}

/** Date and time to the minute. */
export function date(millis: number): string {
  return `${day(new Date(millis))} ${timeOfDay(millis).slice(0, 5)}`
}

/** Five significant digits, without a tail of zeros. */
export function value(number: number | null | undefined): string {
  if (number === null || number === undefined) return '–'
  const size = Math.abs(number)
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return number.toExponential(3).replaceAll('-', '−')
  return String(Number(number.toPrecision(5))).replace('-', '−')
}

/** A whole number with thousands apart. */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en')
}

/** A rate: a decimal only where it says something. */
export function rate(number: number): string {
  return number > 0 && number < 10 ? number.toFixed(1) : count(number)
}

/** A size in the unit that suits it. */
export function bytes(number: number): string {
  return number < 10_000 ? `${count(number)} B` : `${(number / 1024).toFixed(1)} KiB`
}

const UNITS: Record<string, string> = {
  celsius: '°C', fahrenheit: '°F', kelvin: 'K', percent: '%', volts: 'V', amperes: 'A', watts: 'W', kilowatts: 'kW',
  kwh: 'kWh', hertz: 'Hz', hz: 'Hz', rpm: 'rpm', pascals: 'Pa', hpa: 'hPa', bar: 'bar', dbm: 'dBm', ppm: 'ppm', lux: 'lx',
  meters: 'm', millimeters: 'mm', seconds: 's', millis: 'ms', liters: 'l', kilograms: 'kg', degrees: '°',
}

/** The unit that a metric carries in its name (`temperature_celsius`, `signal_dbm`), or nothing: units are never guessed. */
export function unit(metric: string): string {
  const last = /[_.-]([a-zA-Z]+)$/.exec(metric)?.[1]
  return (last && UNITS[last.toLowerCase()]) ?? ''
}

/** A name of the API as words: `INVALID_VALUE` is `invalid value`. */
export function reason(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ')
}
