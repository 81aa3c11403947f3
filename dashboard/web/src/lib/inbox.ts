import type { Anomaly, DeviceRow, LiveFrame, Overview } from './api'

export type Points = { device: string; skipped: number; series: Record<string, [number, number][]> }
export type Arrived = { overview: Overview | null; rows: DeviceRow[]; points: Points[]; anomalies: Anomaly[]; missed: number }

const MOST_POINTS = 20_000
const MOST_ANOMALIES = 500

/**
 * What came since the page was last drawn, the newest of each. A page in a hidden tab is not drawn for hours, so it is bounded: what is too
 * much is counted as skipped, and fetched when somebody looks again.
 */
export class Inbox {
  #overview: Overview | null = null
  #rows = new Map<string, DeviceRow>()
  #points = new Map<string, Points & { held: number }>()
  #anomalies: Anomaly[] = []
  #missed = 0

  put(frame: LiveFrame): void {
    switch (frame.type) {
      case 'overview':
        this.#overview = frame.overview
        break
      case 'devices':
        for (const row of frame.rows) this.#rows.set(row.id, row)
        break
      case 'points':
        this.#putPoints(frame.device, frame.skipped, frame.series as Points['series'])
        break
      case 'anomalies':
        this.#anomalies.unshift(...frame.items.toReversed())
        this.#missed += frame.skipped + Math.max(0, this.#anomalies.length - MOST_ANOMALIES)
        this.#anomalies.length = Math.min(this.#anomalies.length, MOST_ANOMALIES)
        break
      case 'problem':
        console.error(frame.detail)
        break
    }
  }

  take(): Arrived {
    const arrived = {
      overview: this.#overview,
      rows: [...this.#rows.values()],
      points: [...this.#points.values()],
      anomalies: this.#anomalies,
      missed: this.#missed,
    }
    this.#overview = null
    this.#rows.clear()
    this.#points.clear()
    this.#anomalies = []
    this.#missed = 0
    return arrived
  }

  #putPoints(device: string, skipped: number, series: Points['series']): void {
    const held = this.#points.get(device) ?? { device, skipped: 0, series: {}, held: 0 }
    this.#points.set(device, held)
    held.skipped += skipped
    for (const [metric, points] of Object.entries(series)) {
      if (held.held + points.length > MOST_POINTS) {
        held.skipped += points.length
        continue
      }
      held.held += points.length
      ;(held.series[metric] ??= []).push(...points)
    }
  }
}
