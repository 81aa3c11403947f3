import { expect, it } from 'vitest'
import { query } from '../src/lib/api'
import { ago, delay, rate, span, value } from '../src/lib/format'

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

it('rounds no second away from a delay', () => {
  expect([415, 999.9, 1940, 9960, 61_000].map(delay)).toEqual(['415 ms', '1.0 s', '1.9 s', '10.0 s', '1 min'])
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
