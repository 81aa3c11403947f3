import type { Series } from './api'

/** What a chart draws: seconds, mean, lower and upper edge; null where there is a gap. */
export type Columns = [number[], (number | null)[], (number | null)[], (number | null)[]]

const RAW_GAP = 3
const STEP_GAP = 1.5

/** Columns of a stored series, with a null in every gap, so that the line breaks where the device was silent. */
export function columns(series: Series): Columns {
  const gap = series.resolutionMillis ? series.resolutionMillis * STEP_GAP : RAW_GAP * typicalInterval(series.times)
  const result: Columns = [[], [], [], []]
  for (let i = 0; i < series.times.length; i++) {
    const time = series.times[i]!
    const before = series.times[i - 1]
    if (before !== undefined && time - before > gap) add(result, (before + time) / 2, null, null, null)
    add(result, time, series.mean[i] ?? null, series.min[i] ?? null, series.max[i] ?? null)
  }
  return result
}

/** Appends live points in event-time order, where they belong; forgets what is before `fromMillis`. */
export function append(shown: Columns, points: [number, number][], fromMillis: number, gapMillis: number): Columns {
  const [times, mean, min, max] = shown.map((column) => column.slice()) as Columns
  for (const [millis, value] of points) {
    const at = position(times, millis / 1000)
    if (times[at] === millis / 1000) {
      mean[at] = min[at] = max[at] = value
      continue
    }
    const last = times.at(-1)
    if (at === times.length && last !== undefined && millis - last * 1000 > gapMillis) {
      add([times, mean, min, max], (last * 1000 + millis) / 2, null, null, null)
      add([times, mean, min, max], millis, value, value, value)
      continue
    }
    times.splice(at, 0, millis / 1000)
    for (const column of [mean, min, max]) column.splice(at, 0, value)
  }
  const keep = position(times, fromMillis / 1000)
  return [times.slice(keep), mean.slice(keep), min.slice(keep), max.slice(keep)]
}

/** The median step between neighbours; a minute where there are too few. */
export function typicalInterval(times: number[]): number {
  if (times.length < 3) return 60_000
  const steps = times.slice(1).map((time, i) => time - times[i]!)
  steps.sort((a, b) => a - b)
  return Math.max(1, steps[steps.length >> 1]!)
}

function position(times: number[], seconds: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < seconds) low = middle + 1
    else high = middle
  }
  return low
}

function add(to: Columns, millis: number, mean: number | null, min: number | null, max: number | null): void {
  to[0].push(millis / 1000)
  to[1].push(mean)
  to[2].push(min)
  to[3].push(max)
}
