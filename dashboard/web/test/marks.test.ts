import type uPlot from 'uplot'
import { beforeAll, expect, it, vi } from 'vitest'
import type { Anomaly } from '../src/lib/api'
import { changeAt, drawChanges, drawMarks, nearest } from '../src/lib/marks'
import { pen } from './pen'

vi.mock('../src/lib/colour', () => ({ colour: (name: string) => name }))
beforeAll(() => void vi.stubGlobal('devicePixelRatio', 1))

/** A chart of 100 by 100 pixels over 100 seconds and the values 0 to 100. */
function plot() {
  const { ctx, of } = pen()
  const valToPos = (value: number, scale: string) => (scale === 'x' ? value : 100 - value)
  return { plot: { ctx, bbox: { left: 0, top: 0, width: 100, height: 100 }, valToPos } as unknown as uPlot, of }
}
const anomaly = (seconds: number, more: Partial<Anomaly> = {}) =>
  ({ eventTimeMillis: seconds * 1000, kind: 'spike', observed: 50, expected: 20, lower: 10, upper: null, ...more }) as Anomaly
const tops = (anomalies: Anomaly[], chosen: Anomaly | null = null) => {
  const drawing = plot()
  drawMarks(drawing.plot, anomalies, chosen)
  return drawing.of('moveTo')
}

it('puts the diamond at what was observed, or else expected', () => {
  expect(tops([anomaly(30), anomaly(40, { observed: null })])).toEqual([[30, 45], [40, 75]])
})

it('puts a gap at the ground: its seconds are no value of the axis', () => {
  expect(tops([anomaly(30, { kind: 'gap', observed: 99 })])).toEqual([[30, 90]])
})

it('keeps what is beyond the axis at its edge, and leaves out what is out of sight', () => {
  expect(tops([anomaly(30, { observed: 5000 }), anomaly(-1), anomaly(101)])).toEqual([[30, 0]])
})

it('shows when the chosen one was and the edges it crossed', () => {
  const chosen = anomaly(30)
  expect(tops([chosen], chosen)).toEqual([[30, 0], [18, 90], [30, 45]])
})

it('finds the nearest under the pointer, and none from afar', () => {
  const anomalies = [anomaly(10), anomaly(16), anomaly(60)]
  expect(nearest(plot().plot, anomalies, 14)).toBe(anomalies[1])
  expect(nearest(plot().plot, anomalies, 40)).toBeNull()
})

it('marks windows that changed, those in sight, and those with late points higher', () => {
  const drawing = plot()
  drawChanges(drawing.plot, [
    { fromMillis: -20_000, toMillis: -10_000, revised: 1, repaired: 0 },
    { fromMillis: 10_000, toMillis: 20_000, revised: 1, repaired: 0 },
    { fromMillis: 30_000, toMillis: 30_500, revised: 1, repaired: 2 },
  ])
  expect(drawing.of('fillRect')).toEqual([
    [10, 0, 9, 3],
    [30, 0, 2, 5],
  ])
})

it('knows what changed at a time', () => {
  const change = { fromMillis: 10_000, toMillis: 20_000, revised: 1, repaired: 0 }
  expect(changeAt([change], 10_000)).toBe(change)
  expect(changeAt([change], 20_000)).toBeNull()
})
