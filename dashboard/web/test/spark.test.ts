import { beforeAll, expect, it, vi } from 'vitest'
import { drawSpark } from '../src/lib/spark'
import { Strip } from '../src/lib/strip'
import { pen } from './pen'

vi.mock('../src/lib/colour', () => ({ colour: (name: string) => name }))
beforeAll(() => void vi.stubGlobal('devicePixelRatio', 1))

const PAD = 3
function drawn(seconds: number[], more: { at?: number; fromZero?: boolean; toSeconds?: number } = {}) {
  const { ctx, of } = pen()
  const canvas = { clientWidth: 100 + PAD, clientHeight: 40, width: 0, height: 0, getContext: () => ctx }
  const strip = new Strip()
  for (const second of seconds) strip.add(second * 1000, second)
  const frame = { fromSeconds: 0, toSeconds: 10, fromZero: false, at: null, ...more }
  drawSpark(canvas as unknown as HTMLCanvasElement, strip, frame)
  // The first line is the ground.
  return { canvas, starts: of('moveTo').slice(1), to: of('lineTo').slice(1), alone: of('rect'), dots: of('arc') }
}

it('draws time from left to right and values from the ground up', () => {
  const { starts, to, dots } = drawn([0, 5, 10])
  expect([starts, to]).toEqual([[[0, 37]], [[50, 20], [100, 3]]])
  expect(dots[0]!.slice(0, 2)).toEqual([100, 3])
})

it('leaves gaps empty', () => {
  const { starts, to } = drawn([0, 1, 2, 8, 9, 10])
  expect(starts.map(([x]) => x)).toEqual([0, 80])
  expect(to.map(([x]) => x)).toEqual([10, 20, 90, 100])
})

it('shows a point that is alone', () => {
  const { alone } = drawn([0, 0.5, 1, 5, 9, 9.5, 10])
  expect(alone.map(([x]) => x)).toEqual([49])
})

it('has no dot at its end when nothing arrives any more', () => {
  expect(drawn([0, 1, 2]).dots).toEqual([])
  expect(drawn([0, 1, 2], { at: 1 }).dots.map(([x]) => x)).toEqual([10])
})

it('scales to what is in sight, not to what is past', () => {
  expect(drawn([-100, -99, 8, 9, 10], { fromZero: true }).dots[0]!.slice(0, 2)).toEqual([100, 3])
})

it('draws nothing of an empty strip, and a flat line in the middle', () => {
  expect(drawn([])).toMatchObject({ starts: [], to: [], dots: [] })
  expect(drawn([10]).dots[0]!.slice(0, 2)).toEqual([100, 20])
})
