import { expect, it } from 'vitest'
import type { Series } from '../src/lib/api'
import { position, Strip } from '../src/lib/strip'

const stripOf = (...seconds: number[]) => {
  const strip = new Strip()
  for (const second of seconds) strip.add(second * 1000, second * 10)
  return strip
}
const series = (resolutionMillis: number, times: number[], mean: (number | null)[]) =>
  ({ resolutionMillis, times, mean, min: mean.map((m) => m && m - 1), max: mean.map((m) => m && m + 1) }) as Series

it('puts a late point where it belongs', () => {
  const strip = stripOf(1, 4, 2, 3)
  expect([...strip.times]).toEqual([1, 2, 3, 4])
  expect([...strip.columns[1]]).toEqual([10, 20, 30, 40])
})

it('lets a corrected point take the place of the old', () => {
  const strip = stripOf(1, 2, 3)
  strip.add(2000, 99)
  strip.add(3000, 77)
  expect([...strip.times]).toEqual([1, 2, 3])
  expect([...strip.columns[1]]).toEqual([10, 99, 77])
})

it('is the same whatever the order of arrival, beyond its first capacity', () => {
  const seconds = Array.from({ length: 1000 }, (_, i) => i)
  const shuffled = seconds.toSorted((a, b) => ((a * 7919) % 1000) - ((b * 7919) % 1000))
  expect(shuffled).not.toEqual(seconds)
  expect(stripOf(...shuffled, ...shuffled).columns).toEqual(stripOf(...seconds).columns)
})

it('breaks where raw points are missing, and only there', () => {
  const strip = stripOf(0, 1, 2, 3, 5.9, 9, 10)
  expect([...strip.times.keys()].filter((i) => strip.broken(i))).toEqual([5])
})

it('breaks nothing while there are too few points to know', () => {
  const strip = stripOf(0, 500)
  expect(strip.broken(1)).toBe(false)
})

it('breaks where a step is missing', () => {
  const strip = Strip.of(series(60_000, [0, 60_000, 180_000], [1, 2, 3]))
  expect([0, 1, 2].map((i) => strip.broken(i))).toEqual([false, false, true])
})

it('has what was expected, nothing where that is not known, and the newest for what comes live', () => {
  const strip = Strip.of({ ...series(0, [0, 1000], [10, 11]), low: [null, 8], high: [null, 13] })
  strip.add(2000, 12)
  expect(strip.columns.slice(4).map((edge) => [...edge])).toEqual([[10, 8, 8], [10, 13, 13]])
})

it('leaves out means that no number can say', () => {
  const strip = Strip.of(series(0, [0, 1000, 2000], [1, null, 3]))
  expect([...strip.times]).toEqual([0, 2])
  expect(strip.columns.slice(2, 4).map((edge) => [...edge])).toEqual([[0, 2], [2, 4]])
})

it('forgets what is long gone, but for the point the line comes in from', () => {
  const strip = stripOf(...Array.from({ length: 600 }, (_, i) => i))
  strip.forget(400_000)
  expect([strip.times[0], strip.times.at(-1), strip.length]).toEqual([399, 599, 201])
  strip.add(600_000, 1)
  expect([...strip.times.subarray(-2)]).toEqual([599, 600])
})

it('finds the first time at or after', () => {
  const times = Float64Array.of(1, 2, 4)
  expect([0, 1, 3, 4, 5].map((second) => position(times, second))).toEqual([0, 0, 2, 2, 3])
})
