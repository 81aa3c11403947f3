import type { Series } from './api'

/**
 * What uPlot draws: seconds, mean, lower and upper edge, and the edges of what was expected, which meet where that is
 * not known; of what comes live the newest that is known. Views, valid until the strip is next written to.
 */
export type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

const RAW_GAP = 3
const STEP_GAP = 1.5
const FEW = 3
const FIRST_CAPACITY = 256

/**
 * A stretch of one series, by ascending time, in typed arrays that grow. A late point goes where it belongs, a corrected one takes the
 * place of the old. Nothing is put into a gap: `broken` says where the line must not be drawn.
 */
export class Strip {
  length = 0
  #columns: Columns = Array.from({ length: 6 }, () => new Float64Array(FIRST_CAPACITY)) as Columns
  #gapSeconds = Infinity
  #measuredAt = 0

  /** @param resolutionMillis the width of one step; 0 when the points are raw */
  constructor(readonly resolutionMillis = 0) {}

  static of(series: Series): Strip {
    const strip = new Strip(series.resolutionMillis)
    for (let i = 0; i < series.times.length; i++) {
      const mean = series.mean[i]
      if (typeof mean !== 'number') continue
      const [low, high] = [series.low?.[i] ?? mean, series.high?.[i] ?? mean]
      strip.#put(series.times[i]! / 1000, mean, series.min[i] ?? mean, series.max[i] ?? mean, low, high)
    }
    return strip
  }

  get columns(): Columns {
    return this.#columns.map((column) => column.subarray(0, this.length)) as Columns
  }

  get times(): Float64Array {
    return this.#columns[0].subarray(0, this.length)
  }

  /** The longest time between two points that still counts as together: three median intervals, or one step and a half. */
  get gapSeconds(): number {
    if (this.resolutionMillis) return (this.resolutionMillis / 1000) * STEP_GAP
    if (this.length < FEW) return Infinity
    if (this.#gapSeconds === Infinity || this.length > this.#measuredAt * 1.25) {
      this.#gapSeconds = RAW_GAP * medianStep(this.times)
      this.#measuredAt = this.length
    }
    return this.#gapSeconds
  }

  /** Whether something is missing between point `i` and the one before. */
  broken(i: number): boolean {
    const [times] = this.#columns
    return i > 0 && i < this.length && times[i]! - times[i - 1]! > this.gapSeconds
  }

  add(millis: number, value: number): void {
    const newest = this.length - 1
    const [low, high] = newest < 0 ? [value, value] : [this.#columns[4][newest]!, this.#columns[5][newest]!]
    this.#put(millis / 1000, value, value, value, low, high)
  }

  /** Forgets what is before, but for one point: the line comes in from the left edge. */
  forget(beforeMillis: number): void {
    const from = position(this.times, beforeMillis / 1000) - 1
    if (from < FIRST_CAPACITY) return // Not worth moving the rest yet.
    for (const column of this.#columns) column.copyWithin(0, from, this.length)
    this.length -= from
    this.#measuredAt = Math.min(this.#measuredAt, this.length)
  }

  #put(...point: [seconds: number, mean: number, min: number, max: number, low: number, high: number]): void {
    const [seconds] = point
    const newest = this.length === 0 || this.#columns[0][this.length - 1]! < seconds
    const at = newest ? this.length : position(this.times, seconds)
    if (newest || this.#columns[0][at] !== seconds) this.#makeRoom(at)
    for (let c = 0; c < point.length; c++) this.#columns[c]![at] = point[c]!
  }

  #makeRoom(at: number): void {
    if (this.length === this.#columns[0].length) {
      this.#columns = this.#columns.map((column) => {
        const wider = new Float64Array(column.length * 2)
        wider.set(column)
        return wider
      }) as Columns
    }
    if (at < this.length) for (const column of this.#columns) column.copyWithin(at + 1, at, this.length)
    this.length++
  }
}

/** Where the first time at or after `seconds` is. */
export function position(times: Float64Array, seconds: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < seconds) low = middle + 1
    else high = middle
  }
  return low
}

function medianStep(times: Float64Array): number {
  const steps = times.slice(1).map((time, i) => time - times[i]!)
  steps.sort()
  return steps[steps.length >> 1]!
}
