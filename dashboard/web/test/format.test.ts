import { expect, it } from 'vitest'
import { query } from '../src/lib/api'
import { backoff } from '../src/lib/connection'
import { ago, rate, span, value } from '../src/lib/format'

it('says spans in the units of people', () => {
  expect([40, 3_500, 61_000, 3_600_000, 7_500_000, 200_000_000].map(span)).toEqual([
    '40 ms',
    '3 s',
    '1 min',
    '1 h',
    '2 h 5 min',
    '2 d',
  ])
})

it('never says that something was in the future', () => {
  expect(ago(2000, 1000)).toBe('now')
})

it('shows five digits and no more', () => {
  expect([21.5, 0, 1234.5678, 1e9, -0.00001, null].map(value)).toEqual(['21.5', '0', '1234.6', '1.000e+9', '−1.000e−5', '–'])
})

it('gives slow rates a decimal', () => {
  expect([0, 0.24, 9.96, 20_000].map(rate)).toEqual(['0', '0.2', '10.0', '20,000'])
})

it('leaves out empty parameters', () => {
  expect(query({ query: 'a b', status: '', page: undefined, size: 50 })).toBe('?query=a+b&size=50')
  expect(query({})).toBe('')
})

it('waits longer with every try, up to a bound, never twice the same', () => {
  expect(backoff(0, () => 0)).toBe(125)
  expect(backoff(3, () => 1)).toBe(2000)
  expect(backoff(50, () => 1)).toBe(10_000)
})
