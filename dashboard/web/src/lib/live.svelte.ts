import { SvelteMap } from 'svelte/reactivity'
import type { Anomaly, DeviceRow, Overview } from './api'
import { backoff } from './backoff'

export type PointsFrame = {
  type: 'points'
  device: string
  skipped: number
  series: Record<string, [number, number][]>
}
type Frame =
  | { type: 'overview'; overview: Overview }
  | { type: 'devices'; rows: DeviceRow[] }
  | PointsFrame
  | { type: 'anomalies'; items: Anomaly[]; skipped: number }
  | { type: 'problem'; detail: string }

export type Watch = { devices?: string[]; points?: string[] }

const HISTORY_SECONDS = 300
/** Overview frames come once a second; after this long without one something is wrong. */
const STALE_MILLIS = 2500

/** The one connection to the server. Frames are taken in as they come and shown once per animation frame. */
class Live {
  overview = $state<Overview | null>(null)
  rows = new SvelteMap<string, DeviceRow>()
  anomalies = $state.raw<Anomaly[]>([])
  rates = $state.raw<{ times: number[]; messages: number[]; points: number[] }>({ times: [], messages: [], points: [] })
  now = $state(Date.now())
  connected = $state(false)
  since = $state(Date.now())
  heardMillis = $state(0)

  #socket: WebSocket | null = null
  #tries = 0
  #watch: Watch = {}
  #waiting: Frame[] = []
  #listeners = new Set<(frame: PointsFrame) => void>()
  #resync = new Set<() => void>()

  constructor() {
    this.#connect()
    setInterval(() => (this.now = Date.now()), 500)
  }

  /** Whether what is shown is older than it should be. */
  get stale(): boolean {
    return !this.connected || this.now - this.heardMillis > STALE_MILLIS
  }

  /** Says what this view shows; undone when the view goes. */
  watch(watch: Watch): void {
    this.#watch = watch
    this.#send()
  }

  /** Hears every point of the watched devices until the returned function is called. */
  onPoints(take: (frame: PointsFrame) => void): () => void {
    this.#listeners.add(take)
    return () => this.#listeners.delete(take)
  }

  /** Called when something was missed: after a reconnect, or when the server had to skip. */
  onGap(refetch: () => void): () => void {
    this.#resync.add(refetch)
    return () => this.#resync.delete(refetch)
  }

  #connect(): void {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`)
    this.#socket = socket
    socket.onopen = () => {
      const again = this.heardMillis !== 0
      this.#tries = 0
      this.connected = true
      this.since = Date.now()
      this.#send()
      if (again) this.#resync.forEach((refetch) => refetch())
    }
    socket.onmessage = (message) => this.#take(JSON.parse(message.data as string) as Frame)
    socket.onclose = () => {
      if (this.connected) this.since = Date.now()
      this.connected = false
      setTimeout(() => this.#connect(), backoff(this.#tries++))
    }
  }

  #send(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: 'watch', overview: true, anomalies: true, ...this.#watch }))
    }
  }

  #take(frame: Frame): void {
    if (this.#waiting.push(frame) === 1) requestAnimationFrame(() => this.#apply())
  }

  #apply(): void {
    const frames = this.#waiting
    this.#waiting = []
    this.heardMillis = Date.now()
    this.now = this.heardMillis
    for (const frame of frames) {
      switch (frame.type) {
        case 'overview':
          this.#overview(frame.overview)
          break
        case 'devices':
          for (const row of frame.rows) this.rows.set(row.id, row)
          break
        case 'points':
          this.#listeners.forEach((take) => take(frame))
          if (frame.skipped) this.#resync.forEach((refetch) => refetch())
          break
        case 'anomalies':
          this.anomalies = [...frame.items.toReversed(), ...this.anomalies].slice(0, 200)
          break
        case 'problem':
          console.error(frame.detail)
          break
      }
    }
  }

  #overview(overview: Overview): void {
    this.overview = overview
    const { times, messages, points } = this.rates
    if (times.at(-1) === Math.round(overview.nowMillis / 1000)) return
    this.rates = {
      times: [...times, Math.round(overview.nowMillis / 1000)].slice(-HISTORY_SECONDS),
      messages: [...messages, overview.messagesPerSecond].slice(-HISTORY_SECONDS),
      points: [...points, overview.pointsPerSecond].slice(-HISTORY_SECONDS),
    }
  }
}

export const live = new Live()
