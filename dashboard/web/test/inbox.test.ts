import { expect, it, vi } from 'vitest'
import type { Anomaly, DeviceRow, LiveFrame, Overview } from '../src/lib/api'
import { Inbox } from '../src/lib/inbox'

const overview = (nowMillis: number) => ({ type: 'overview', overview: { nowMillis } as Overview }) as LiveFrame
const rows = (...rows: [string, number][]) =>
  ({ type: 'devices', rows: rows.map(([id, lastSeenMillis]) => ({ id, lastSeenMillis }) as DeviceRow) }) as LiveFrame
const points = (device: string, metric: string, values: number[], skipped = 0) =>
  ({ type: 'points', device, skipped, series: { [metric]: values.map((value, i) => [i, value]) } }) as LiveFrame
const anomalies = (times: number[], skipped = 0) =>
  ({ type: 'anomalies', items: times.map((eventTimeMillis) => ({ eventTimeMillis }) as Anomaly), skipped }) as LiveFrame

it('keeps the newest overview and the newest of each row', () => {
  const inbox = new Inbox()
  for (const frame of [overview(1), rows(['a', 1], ['b', 1]), overview(2), rows(['a', 2])]) inbox.put(frame)

  const arrived = inbox.take()

  expect(arrived.overview).toEqual({ nowMillis: 2 })
  expect(arrived.rows).toEqual([{ id: 'a', lastSeenMillis: 2 }, { id: 'b', lastSeenMillis: 1 }])
})

it('is empty once it was taken', () => {
  const inbox = new Inbox()
  for (const frame of [overview(1), rows(['a', 1]), points('a', 'm', [1]), anomalies([1], 3)]) inbox.put(frame)
  inbox.take()
  expect(inbox.take()).toEqual({ overview: null, rows: [], points: [], anomalies: [], missed: 0 })
})

it('keeps every point, in order, and what the server skipped', () => {
  const inbox = new Inbox()
  inbox.put(points('a', 'm', [1, 2]))
  inbox.put(points('b', 'm', [9]))
  inbox.put(points('a', 'm', [3], 7))

  const [a, b] = inbox.take().points

  expect(a).toMatchObject({ device: 'a', skipped: 7, series: { m: [[0, 1], [1, 2], [0, 3]] } })
  expect(b).toMatchObject({ device: 'b', skipped: 0 })
})

it('counts as skipped what is too much for a page nobody draws', () => {
  const inbox = new Inbox()
  for (let frame = 0; frame < 30; frame++) inbox.put(points('a', 'm', Array<number>(1000).fill(1)))

  const [a] = inbox.take().points

  expect(a!.series.m).toHaveLength(20_000)
  expect(a!.skipped).toBe(10_000)
})

it('puts the newest anomalies first and counts those it drops', () => {
  const inbox = new Inbox()
  inbox.put(anomalies([1, 2], 4))
  inbox.put(anomalies([3]))
  expect(inbox.take()).toMatchObject({ anomalies: [{ eventTimeMillis: 3 }, { eventTimeMillis: 2 }, { eventTimeMillis: 1 }], missed: 4 })

  inbox.put(anomalies(Array.from({ length: 501 }, (_, i) => i)))
  const { anomalies: kept, missed } = inbox.take()
  expect([kept.length, kept[0]!.eventTimeMillis, missed]).toEqual([500, 500, 1])
})

it('writes a problem to the console', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  new Inbox().put({ type: 'problem', detail: 'watch: too many' } as LiveFrame)
  expect(error).toHaveBeenCalledWith('watch: too many')
})
