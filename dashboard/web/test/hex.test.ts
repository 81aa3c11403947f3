import { expect, it } from 'vitest'
import { hexDump } from '../src/lib/hex'

it('shows offset, bytes and text, sixteen a line', () => {
  const bytes = [...Array.from('telltale 21.5 C\n', (c) => c.charCodeAt(0)), 0xff, 0x7e, 0x7f]
  expect(hexDump(btoa(String.fromCharCode(...bytes))).split('\n')).toEqual([
    '0000  74 65 6c 6c 74 61 6c 65 20 32 31 2e 35 20 43 0a  telltale 21.5 C.',
    `0010  ff 7e 7f${' '.repeat(39)}  .~.`,
  ])
})

it('shows nothing for nothing', () => {
  expect(hexDump('')).toBe('')
})
