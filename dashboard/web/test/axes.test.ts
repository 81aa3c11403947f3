import type uPlot from 'uplot'
import { expect, it, vi } from 'vitest'
import { timeAxis, valueAxis } from '../src/lib/axes'

vi.mock('../src/lib/colour', () => ({ colour: (name: string) => name }))

const seconds = (text: string) => new Date(text).getTime() / 1000
const times = (step: number, ...ticks: string[]) =>
  (timeAxis().values as uPlot.Axis.DynamicValues)({} as uPlot, ticks.map(seconds), 0, 50, step)

it('says the date where it begins and where it changes', () => {
  expect(times(3600, '2020-05-04T22:00', '2020-05-04T23:00', '2020-05-05T00:00', '2020-05-05T01:00')).toEqual([
    '22:00\n05-04',
    '23:00',
    '00:00\n05-05',
    '01:00',
  ])
})

it('leaves out the date of today', () => {
  vi.useFakeTimers({ now: new Date('2020-05-04T12:00') })
  expect(times(60, '2020-05-04T11:00')).toEqual(['11:00'])
  vi.useRealTimers()
})

it('says seconds when minutes are too coarse, and days when hours are too fine', () => {
  vi.useFakeTimers({ now: new Date('2020-05-04T12:00') })
  expect(times(15, '2020-05-04T11:00:15')).toEqual(['11:00:15'])
  vi.useRealTimers()
  expect(times(86_400, '2020-05-04T00:00')).toEqual(['05-04'])
})

it('grows with what it has to say', () => {
  const size = valueAxis().size as (plot: uPlot, ticks: string[] | null) => number
  expect(size({} as uPlot, null)).toBe(40)
  expect(size({} as uPlot, ['1', '−1.000e−12'])).toBeGreaterThan(size({} as uPlot, ['1', '−1.0000']))
})
