import { untrack } from 'svelte'
import { get, seriesOf, type Anomaly, type AnomalyPage, type Change } from './api'
import { live } from './live.svelte'
import { Strip } from './strip'

/** Up to here every point is worth asking for, so that live points can be appended; beyond, as many steps as the chart has pixels. */
const RAW_MILLIS = 3_600_000
const MOST_RAW = 4000
const ANOMALIES = 500

/** One metric of one device over the range that is looked at. */
export class History {
  strip = $state.raw(new Strip())
  /** Grows when the strip did. */
  version = $state(0)
  anomalies = $state.raw<Anomaly[]>([])
  changes = $state.raw<Change[]>([])
  error = $state.raw<unknown>(null)
  loading = $state(false)
  /** When the shown stretch was read: nothing is known of what came after, unless it was appended. */
  readMillis = $state(0)
  #stop: AbortController | null = null

  constructor(
    private readonly device: string,
    private readonly metric: string,
  ) {}

  /** Reads a range; what was being read is dropped. What is shown stays until then. */
  async read(from: number, to: number, pixels: number): Promise<void> {
    this.#stop?.abort()
    const { signal } = (this.#stop = new AbortController())
    this.loading = true
    const asked = untrack(() => live.now)
    const points = to - from <= RAW_MILLIS ? MOST_RAW : Math.min(2000, Math.max(300, Math.round(pixels)))
    try {
      const [series, found] = await Promise.all([
        seriesOf(this.device, { metric: this.metric, from, to, points, band: 'true' }, signal),
        get<AnomalyPage>('anomalies', { device: this.device, from, to, limit: ANOMALIES }, signal),
      ])
      const newest = this.strip.resolutionMillis ? [] : this.#after(series.times.at(-1) ?? from)
      this.strip = Strip.of(series)
      if (!series.resolutionMillis) for (const [millis, value] of newest) if (millis < to) this.strip.add(millis, value)
      this.changes = series.changes
      this.anomalies = found.items.filter((anomaly) => this.#isOf(anomaly))
      this.error = null
      this.readMillis = asked
      this.version++
    } catch (reason) {
      if (signal.aborted) return
      this.error = reason
    }
    this.loading = false
  }

  /** Takes over what came live. Points cannot be appended to means of a minute: those are read again by and by. */
  append(points: [number, number][], fromMillis: number): void {
    if (this.strip.resolutionMillis) return
    for (const [millis, value] of points) this.strip.add(millis, value)
    this.strip.forget(fromMillis)
    this.version++
  }

  /** Adds what was found live, newest first. */
  mark(anomalies: Anomaly[]): void {
    const known = new Set(this.anomalies.map(anomalyKey))
    const fresh = anomalies.filter(
      (anomaly) => anomaly.device === this.device && this.#isOf(anomaly) && !known.has(anomalyKey(anomaly)),
    )
    if (fresh.length) this.anomalies = [...fresh, ...this.anomalies]
  }

  stop(): void {
    this.#stop?.abort()
  }

  // A gap without a metric is one of all of them.
  #isOf(anomaly: Anomaly): boolean {
    return anomaly.metric === this.metric || anomaly.metric === ''
  }

  // What came live may not be stored yet when we ask.
  #after(millis: number): [number, number][] {
    const [times, values] = this.strip.columns
    const points: [number, number][] = []
    times.forEach((seconds, i) => {
      if (seconds * 1000 > millis && seconds * 1000 <= live.now + RAW_MILLIS) points.push([seconds * 1000, values[i]!])
    })
    return points
  }
}

export const anomalyKey = (anomaly: Anomaly) =>
  `${anomaly.device}\n${anomaly.metric}\n${anomaly.kind}\n${anomaly.eventTimeMillis}`
