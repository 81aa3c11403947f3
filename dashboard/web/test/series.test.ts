import { describe, expect, it } from 'vitest'
import { append, columns, typicalInterval, type Columns } from '../src/lib/series'

const series = (times: number[], resolutionMillis: number) => ({
  device: 'meter-1',
  metric: 'temperature',
  resolutionMillis,
  times,
  mean: times.map((_, i) => i),
  min: times.map((_, i) => i - 1),
  max: times.map((_, i) => i + 1),
  counts: times.map(() => 1),
})

describe('columns', () => {
  it('break where a step is missing', () => {
    const [times, mean] = columns(series([0, 60_000, 180_000], 60_000))
    expect(times).toEqual([0, 60, 120, 180])
    expect(mean).toEqual([0, 1, null, 2])
  })

  it('break in raw points where the silence is long against the usual interval', () => {
    const [, mean] = columns(series([0, 1000, 2000, 3000, 9000], 0))
    expect(mean).toEqual([0, 1, 2, 3, null, 4])
  })

  it('hold nulls where a mean cannot be said', () => {
    const [, mean] = columns({ ...series([0, 1000], 1000), mean: [null, 1] })
    expect(mean).toEqual([null, 1])
  })
})

describe('append', () => {
  const shown: Columns = [[1, 2], [10, 20], [10, 20], [10, 20]]

  it('puts a late point where it belongs', () => {
    expect(append(shown, [[1500, 15]], 0, 3000)[0]).toEqual([1, 1.5, 2])
  })

  it('takes a correction over', () => {
    expect(append(shown, [[2000, 25]], 0, 3000)[1]).toEqual([10, 25])
  })

  it('breaks the line after a long silence', () => {
    expect(append(shown, [[10_000, 30]], 0, 3000)[1]).toEqual([10, 20, null, 30])
  })

  it('forgets what has left the view, and leaves its argument alone', () => {
    expect(append(shown, [[3000, 30]], 2000, 3000)[0]).toEqual([2, 3])
    expect(shown[0]).toEqual([1, 2])
  })
})

it('the typical interval is the median', () => {
  expect(typicalInterval([0, 1000, 2000, 3000, 60_000])).toBe(1000)
  expect(typicalInterval([5])).toBe(60_000)
})
