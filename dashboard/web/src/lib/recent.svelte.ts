import { untrack } from 'svelte'
import { seriesOf } from './api'
import { live } from './live.svelte'
import { Strip } from './strip'

export const RECENT_MILLIS = 600_000
const POINTS = 1200
const AT_ONCE = 2
const AGAIN_MILLIS = 5000

/** The last ten minutes of every metric of one device: read once each when first looked at, then grown by what comes live. */
export class Recent {
  /** Grows whenever something changed. */
  version = $state(0)
  #strips = new Map<string, Strip>()
  #wanted: string[] = []
  #reading = 0
  #stop = new AbortController()
  #undo: (() => void)[]

  constructor(private readonly device: string) {
    this.#undo = [
      live.onPoints((points) => {
        if (points.device === device) this.#grow(points.series)
      }),
      live.onGap(() => {
        this.#wanted = [...this.#strips.keys()]
        this.#readOn()
      }),
    ]
  }

  /** Empty until it has been read. */
  strip(metric: string): Strip {
    const known = this.#strips.get(metric)
    if (known) return known
    const empty = new Strip()
    this.#strips.set(metric, empty)
    this.#wanted.push(metric)
    this.#readOn()
    return empty
  }

  stop(): void {
    this.#stop.abort()
    this.#undo.forEach((undo) => undo())
  }

  #grow(series: Record<string, [number, number][]>): void {
    for (const [metric, points] of Object.entries(series)) {
      const strip = this.#strips.get(metric)
      for (const [millis, value] of points) strip?.add(millis, value)
      strip?.forget(live.now - RECENT_MILLIS)
    }
    this.version++
  }

  #again(metric: string): void {
    if (this.#stop.signal.aborted || this.#wanted.includes(metric)) return
    this.#wanted.push(metric)
    this.#readOn()
  }

  #readOn(): void {
    while (this.#reading < AT_ONCE && this.#wanted.length) void this.#read(this.#wanted.shift()!)
  }

  async #read(metric: string): Promise<void> {
    this.#reading++
    try {
      const to = untrack(() => live.now) + 1000
      const stored = Strip.of(await seriesOf(this.device, { metric, from: to - RECENT_MILLIS, to, points: POINTS }, this.#stop.signal))
      // What came live while we asked is not stored yet, or it is the same.
      const [times, values] = this.#strips.get(metric)!.columns
      if (!stored.resolutionMillis) times.forEach((seconds, i) => stored.add(seconds * 1000, values[i]!))
      this.#strips.set(metric, stored)
      this.version++
    } catch {
      // The strip stays as it is: the chart below says what is wrong.
      setTimeout(() => this.#again(metric), AGAIN_MILLIS)
    }
    this.#reading--
    if (!this.#stop.signal.aborted) this.#readOn()
  }
}
