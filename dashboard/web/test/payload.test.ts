import { expect, it } from 'vitest'
import { excerpt } from '../src/lib/payload'

const parts = (payload: string, byteOffset: number, most = 1000) => {
  const { before, mark, after } = excerpt({ payload, byteOffset }, most)
  return [before, mark, after]
}

it('marks the character that a byte belongs to', () => {
  expect(parts('{"a": x}', 6)).toEqual(['{"a": ', 'x', '}'])
  expect(parts('{"ä": x}', 7)).toEqual(['{"ä": ', 'x', '}'])
  expect(parts('温😀x', 3)).toEqual(['温', '😀', 'x'])
  expect(parts('温😀x', 7)).toEqual(['温😀', 'x', ''])
})

it('marks nothing where the payload ends too early', () => {
  expect(parts('{"a": ', 6)).toEqual(['{"a": ', '', ''])
})

it('shows the trouble even when it is far down', () => {
  const cut = excerpt({ payload: 'a'.repeat(50) + '!' + 'b'.repeat(50), byteOffset: 50 }, 10)

  expect(cut).toEqual({ before: 'aaaaa', mark: '!', after: 'bbbb', cutBefore: true, cutAfter: true })
})

it('shows the beginning when no byte is to blame', () => {
  expect(excerpt({ payload: 'abcdef' }, 4)).toEqual({ before: 'abcd', mark: '', after: '', cutBefore: false, cutAfter: true })
})

it('marks a byte in the hexadecimal dump', () => {
  const payload = btoa(String.fromCharCode(...Array(40).keys()))
  const { before, mark, after } = excerpt({ payload, encoding: 'base64', byteOffset: 35 }, 1000)

  expect(mark).toBe('23')
  expect(before.endsWith('0020  20 21 22 ')).toBe(true)
  expect(after.startsWith(' 24')).toBe(true)
})
