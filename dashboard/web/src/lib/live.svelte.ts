import { untrack } from 'svelte'
import type { Anomaly, DeviceRow, LiveFrame, Overview } from './api'
import { Connection } from './connection'
import { Inbox, type Points } from './inbox'
import { Strip } from './strip'

export type Watch = { devices?: string[]; points?: string[] }

export const TREND_MILLIS = 300_000
const NEWEST_ANOMALIES = 200
/** Overview frames come once a second; after this long without one something is wrong. */
const SILENT_MILLIS = 2000
const TICK_MILLIS = 250
const CLOCK_SET_MILLIS = 5000
const CLOCK_DRIFT = 0.02

/** The one connection to the server, as the page sees it. What comes is shown once per animation frame. */
class Live {
  /** The server's clock, as near as we know it: ages must not depend on how this computer's clock is set. */
  now = $state(Date.now())
  overview = $state.raw<Overview | null>(null)
  /** The newest of the watched rows. */
  rows = $state.raw(new Map<string, DeviceRow>())
  /** Newest first, since the page was opened. */
  anomalies = $state.raw<Anomaly[]>([])
  anomaliesMissed = $state(0)
  connected = $state(false)
  /** Since when we have been connected, or not. */
  since = $state(Date.now())
  heardMillis = $state(0)
  /** Since when the store has been behind; 0 when it is not. */
  behindSince = $state(0)
  /** Whether it was behind already when we first heard of it, so that `behindSince` is the latest it can have been. */
  behindBefore = $state(false)
  /** Collected from the overviews; `trends` grows when they did. */
  readonly messages = new Strip()
  readonly points = new Strip()
  trends = $state(0)

  #ahead = 0
  #inbox = new Inbox()
  #due = false
  #hearers = new Set<(points: Points) => void>()
  #refetches = new Set<() => void>()
  #connection: Connection

  constructor() {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`
    this.#connection = new Connection(() => new WebSocket(address), {
      opened: (again) => {
        this.#turn(true)
        if (again) this.#refetches.forEach((refetch) => refetch())
      },
      heard: (text) => this.#hear(JSON.parse(text) as LiveFrame),
      closed: () => this.#turn(false),
    })
    setInterval(() => (this.now = Date.now() - this.#ahead), TICK_MILLIS)
    addEventListener('online', () => this.#connection.hurry())
    document.addEventListener('visibilitychange', () => document.hidden || this.#connection.hurry())
  }

  /** `connecting` before the first word, `away` without a connection, `silent` with one that says nothing. */
  get state(): 'connecting' | 'live' | 'silent' | 'away' {
    if (!this.connected) return this.heardMillis || this.now - this.since > SILENT_MILLIS ? 'away' : 'connecting'
    if (!this.heardMillis) return 'connecting'
    return this.now - Math.max(this.heardMillis, this.since) > SILENT_MILLIS ? 'silent' : 'live'
  }

  /** Says what this view shows, in place of what was said before. */
  watch(watch: Watch): void {
    this.#connection.say(JSON.stringify({ type: 'watch', overview: true, anomalies: true, ...watch }))
    const kept = new Set(watch.devices)
    this.rows = new Map([...untrack(() => this.rows)].filter(([id]) => kept.has(id)))
  }

  /** Hears every point of the watched devices until the returned function is called. */
  onPoints(take: (points: Points) => void): () => void {
    this.#hearers.add(take)
    return () => this.#hearers.delete(take)
  }

  /** Called when something was missed: after a reconnect, or when points had to be skipped. */
  onGap(refetch: () => void): () => void {
    this.#refetches.add(refetch)
    return () => this.#refetches.delete(refetch)
  }

  #turn(connected: boolean): void {
    if (this.connected !== connected) this.since = Date.now() - this.#ahead
    this.connected = connected
  }

  #hear(frame: LiveFrame): void {
    if (frame.type === 'overview') this.#collect(frame.overview)
    this.#inbox.put(frame)
    if (this.#due) return
    this.#due = true
    requestAnimationFrame(() => {
      this.#due = false
      this.#show()
    })
  }

  // At once, not when drawn: a hidden tab is not drawn, and its trend should still be whole when looked at.
  #collect(overview: Overview): void {
    this.#setClock(Date.now() - overview.nowMillis)
    const behind = overview.store.state === 'behind'
    if (behind && !this.behindSince) this.behindBefore = this.heardMillis === 0
    this.behindSince = behind ? this.behindSince || overview.nowMillis : 0
    this.heardMillis = overview.nowMillis
    this.messages.add(overview.nowMillis, overview.messagesPerSecond)
    this.points.add(overview.nowMillis, overview.pointsPerSecond)
    for (const strip of [this.messages, this.points]) strip.forget(overview.nowMillis - TREND_MILLIS)
  }

  // A frame can only be late, so the smallest difference is the truest; it drifts up slowly, and jumps when a clock was set.
  #setClock(ahead: number): void {
    const first = this.heardMillis === 0
    const late = ahead - this.#ahead
    this.#ahead += first || late < 0 || late > CLOCK_SET_MILLIS ? late : late * CLOCK_DRIFT
  }

  #show(): void {
    const { overview, rows, points, anomalies, missed } = this.#inbox.take()
    if (overview) {
      this.overview = overview
      this.now = Date.now() - this.#ahead
      this.trends++
    }
    if (rows.length) {
      this.rows = new Map(this.rows)
      for (const row of rows) this.rows.set(row.id, row)
    }
    if (anomalies.length) this.anomalies = [...anomalies, ...this.anomalies].slice(0, NEWEST_ANOMALIES)
    this.anomaliesMissed += missed
    for (const some of points) this.#hearers.forEach((take) => take(some))
    if (points.some((some) => some.skipped)) this.#refetches.forEach((refetch) => refetch())
  }
}

export const live = new Live()
