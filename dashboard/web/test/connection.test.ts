import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { backoff, Connection } from '../src/lib/connection'

class Socket {
  readyState = 0
  sent: string[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: (() => void) | null = null

  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.closed = true
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  hangUp() {
    this.readyState = 3
    this.onclose?.()
  }
}

let sockets: Socket[]
let story: string[]
const newest = () => sockets.at(-1)!

function connect(): Connection {
  return new Connection(
    () => {
      sockets.push(new Socket())
      return newest() as unknown as WebSocket
    },
    {
      opened: (again) => story.push(again ? 'opened again' : 'opened'),
      heard: (text) => story.push(text),
      closed: () => story.push('closed'),
    },
  )
}

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  story = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('waits longer with every try, up to a bound, never twice the same', () => {
  expect(backoff(0, () => 0)).toBe(125)
  expect(backoff(3, () => 1)).toBe(2000)
  expect(backoff(50, () => 1)).toBe(10_000)
})

it('says the last thing again after a reconnect', () => {
  const connection = connect()
  connection.say('first')
  connection.say('second')
  newest().open()
  expect(newest().sent).toEqual(['second'])

  newest().hangUp()
  vi.advanceTimersToNextTimer()
  newest().open()

  expect(sockets).toHaveLength(2)
  expect(newest().sent).toEqual(['second'])
  expect(story).toEqual(['opened', 'closed', 'opened again'])
})

it('gives up a socket that has fallen silent', () => {
  connect()
  newest().open()
  vi.advanceTimersByTime(5000)
  newest().onmessage?.({ data: 'word' })
  vi.advanceTimersByTime(5000)
  expect(story).toEqual(['opened', 'word'])

  vi.advanceTimersByTime(2000)

  expect(sockets[0]!.closed).toBe(true)
  expect(story).toEqual(['opened', 'word', 'closed'])
})

it('hears nothing more from a socket it gave up', () => {
  connect()
  const { onmessage, onclose } = newest()
  newest().hangUp()
  expect([newest().onmessage, newest().onclose]).toEqual([null, null])
  expect([onmessage, onclose]).not.toContain(null)
  expect(story).toEqual(['closed'])
})

it('does not storm a server that takes it and hangs up at once', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  connect()
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000)
    if (newest().onopen) {
      newest().open()
      newest().hangUp()
    }
  }
  expect(sockets.length).toBeLessThan(20)
})

it('pauses briefly again after a word was heard', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  connect()
  for (let tries = 0; tries < 5; tries++) {
    newest().hangUp()
    vi.advanceTimersToNextTimer()
  }
  newest().open()
  newest().onmessage?.({ data: 'word' })
  newest().hangUp()
  const before = sockets.length

  vi.advanceTimersByTime(125)

  expect(sockets).toHaveLength(before + 1)
})

it('hurries when told to, once', () => {
  const connection = connect()
  connection.hurry()
  expect(sockets).toHaveLength(1)

  newest().hangUp()
  connection.hurry()
  connection.hurry()
  expect(sockets).toHaveLength(2)

  newest().open()
  vi.advanceTimersByTime(5000)
  expect(sockets).toHaveLength(2)
})
