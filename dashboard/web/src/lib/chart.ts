import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Anomaly, Change } from './api'
import { timeAxis, valueAxis } from './axes'
import { colour } from './colour'
import { drawChanges, drawMarks, nearest } from './marks'
import { Strip } from './strip'

export type Shown = { strip: Strip; range: [number, number]; knownSeconds: number; changes: Change[]; anomalies: Anomaly[]; chosen: Anomaly | null }
/** What the pointer is on: a point of the strip, and an anomaly with its distance from the chart's left edge in pixels. */
export type Pointed = { index: number | null; anomaly: Anomaly | null; left: number }
export type ChartListener = { zoomed(fromSeconds: number, toSeconds: number): void; widened(): void; pointed(at: Pointed): void }

const LEAST_DRAG_PIXELS = 5

/** One metric over time: the mean as a line, minimum to maximum as a band, what was expected as a fainter one, silence hatched, anomalies as diamonds. Drawn at most once per animation frame. */
export class Chart {
  #plot: uPlot
  #shown: Shown = { strip: new Strip(), range: [0, 1], knownSeconds: 0, changes: [], anomalies: [], chosen: null }
  #due = false

  constructor(place: HTMLElement, height: number, listener: ChartListener) {
    const edge: uPlot.Series = { width: 0, points: { show: false }, gaps: (_, __, from, to) => this.#gaps(from, to) }
    // What was expected does not stretch the axis: after a wild hour it may be very wide.
    const expected: uPlot.Series = { ...edge, auto: false }
    this.#plot = new uPlot(
      {
        width: Math.max(place.clientWidth, 50),
        height,
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: true, y: false, setScale: false },
          points: { size: (_, series) => (series === 1 ? 7 : 0) },
          bind: {
            dblclick: () => () => {
              listener.widened()
              return null
            },
          },
        },
        axes: [timeAxis(), valueAxis()],
        series: [
          {},
          {
            stroke: () => colour('--accent'),
            width: 1.5,
            gaps: (_, __, from, to) => this.#gaps(from, to),
            points: { size: 5, filter: (_, __, show) => (show ? null : this.#alone()) },
          },
          edge,
          edge,
          expected,
          expected,
        ],
        bands: [
          { series: [5, 4], fill: () => colour('--expected') },
          { series: [3, 2], fill: () => colour('--band') },
        ],
        hooks: {
          drawAxes: [() => this.#hatchSilence()],
          draw: [
            (plot) => drawChanges(plot, this.#shown.changes),
            (plot) => drawMarks(plot, this.#shown.anomalies, this.#shown.chosen),
          ],
          setSelect: [
            (plot) => {
              const { left, width } = plot.select
              if (width >= LEAST_DRAG_PIXELS) listener.zoomed(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'))
              plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            },
          ],
          setCursor: [
            (plot) => {
              const left = plot.cursor.left ?? -1
              const inside = left >= 0 && this.#shown.strip.length > 0
              listener.pointed({
                index: inside ? (plot.cursor.idx ?? null) : null,
                anomaly: left >= 0 ? nearest(plot, this.#shown.anomalies, left) : null,
                left: left + plot.bbox.left / devicePixelRatio,
              })
            },
          ],
        },
      },
      [[], [], [], [], [], []],
      place,
    )
  }

  show(shown: Shown): void {
    this.#shown = shown
    this.#later()
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: this.#plot.height })
  }

  destroy(): void {
    this.#due = true // So that nothing is drawn any more.
    this.#plot.destroy()
  }

  #later(): void {
    if (this.#due) return
    this.#due = true
    requestAnimationFrame(() => {
      if (!this.#plot.root.isConnected) return
      this.#due = false
      const [min, max] = this.#shown.range
      this.#plot.batch(() => {
        this.#plot.setData(this.#shown.strip.columns, false)
        this.#plot.setScale('x', { min, max })
      })
    })
  }

  #x(seconds: number): number {
    return this.#plot.valToPos(seconds, 'x', true)
  }

  #gaps(from: number, to: number): uPlot.Series.Gaps {
    const { strip } = this.#shown
    const { times } = strip
    const gaps: uPlot.Series.Gaps = []
    for (let i = from + 1; i <= to; i++) if (strip.broken(i)) gaps.push([this.#x(times[i - 1]!), this.#x(times[i]!)])
    return gaps
  }

  /** Points with silence on both sides, which no line reaches. */
  #alone(): number[] {
    const { strip } = this.#shown
    const found: number[] = []
    for (let i = 0; i < strip.length; i++) {
      if ((i === 0 || strip.broken(i)) && (i === strip.length - 1 || strip.broken(i + 1))) found.push(i)
    }
    return found
  }

  /** Silence is a fact too: it is hatched, between points and as far as we know. */
  #hatchSilence(): void {
    const { strip, range, knownSeconds } = this.#shown
    const { times } = strip
    const last = times[strip.length - 1]
    const until = Math.min(range[1], knownSeconds)
    const trailing = last !== undefined && until - last > strip.gapSeconds + strip.resolutionMillis / 1000
    const silences = strip.length ? this.#gaps(0, strip.length - 1) : []
    if (trailing) silences.push([this.#x(last), this.#x(until)])
    const { ctx: pen, bbox } = this.#plot
    pen.save()
    pen.beginPath()
    for (const [from, to] of silences) {
      const left = Math.max(from, bbox.left)
      const width = Math.min(to, bbox.left + bbox.width) - left
      if (width > 0) pen.rect(left, bbox.top, width, bbox.height)
    }
    pen.clip()
    pen.strokeStyle = colour('--line')
    pen.lineWidth = devicePixelRatio
    pen.beginPath()
    const step = 8 * devicePixelRatio
    if (silences.length) {
      for (let x = bbox.left - bbox.height; x < bbox.left + bbox.width; x += step) {
        pen.moveTo(x, bbox.top + bbox.height)
        pen.lineTo(x + bbox.height, bbox.top)
      }
    }
    pen.stroke()
    pen.restore()
  }
}
