import { expect, it } from 'vitest'
import { fixed, moment, moved, readRange, spanOf, zoomed } from '../src/lib/range'

const NOW = 1_000_000_000
const of = (address: string) => {
  const parameters = new URLSearchParams(address)
  return (name: string) => parameters.get(name) ?? ''
}

it('reads milliseconds and ISO 8601, and 0 for anything else', () => {
  expect(['1500', '1970-01-01T00:00:01Z', 'yesterday', ''].map(moment)).toEqual([1500, 1000, 0, 0])
})

it('follows the clock for a quarter of an hour unless told otherwise', () => {
  expect(readRange(of(''), NOW)).toEqual({ from: NOW - 900_000, to: NOW, following: true })
  expect(readRange(of('last=60000'), NOW)).toEqual({ from: NOW - 60_000, to: NOW, following: true })
  expect(readRange(of('from=1000&to=5000'), NOW)).toEqual({ from: 1000, to: 5000, following: false })
})

it('follows the clock when an address makes no sense', () => {
  for (const address of ['from=5000&to=1000', 'from=x&to=y', 'from=1000', 'last=x']) {
    expect(readRange(of(address), NOW)).toEqual({ from: NOW - 900_000, to: NOW, following: true })
  }
  expect(readRange(of('last=-5'), NOW).from).toBe(NOW - 1000)
})

it('zooms around the middle, to a second at the least', () => {
  const range = { from: 10_000, to: 20_000, following: false }
  expect(zoomed(range, 0.5, NOW)).toEqual({ from: '12500', to: '17500', last: '' })
  expect(zoomed(range, 2, NOW)).toEqual({ from: '5000', to: '25000', last: '' })
  expect(zoomed({ from: 0, to: 1000, following: false }, 0.5, NOW)).toMatchObject({ from: '-250', to: '750' })
})

it('moves, but never past now, and keeps its width there', () => {
  const range = { from: NOW - 10_000, to: NOW, following: true }
  expect(moved(range, -0.5, NOW)).toEqual({ from: String(NOW - 15_000), to: String(NOW - 5000), last: '' })
  expect(moved(range, 0.5, NOW)).toEqual({ from: String(NOW - 10_000), to: String(NOW), last: '' })
  expect(fixed(0.4, 5000.6, NOW)).toEqual({ from: '0', to: '5001', last: '' })
})

it('asks a list only for what the address says', () => {
  expect(spanOf(of(''), NOW)).toEqual({})
  expect(spanOf(of('last=3600000'), NOW)).toEqual({ from: NOW - 3_600_000 })
  expect(spanOf(of('to=5000&last=3600000'), NOW)).toEqual({ to: 5000 })
})
