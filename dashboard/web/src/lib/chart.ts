import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Anomaly } from './api'
import type { Columns } from './series'
import { value } from './format'

const MILLIS_PER_SECOND = 1000

/** One metric over time: the mean as a line, minimum to maximum as a band, anomalies as marks. Draws at most once per animation frame. */
export class Chart {
  #plot: uPlot
  #anomalies: Anomaly[] = []
  #next: (() => void) | null = null

  /** @param zoomed is told the range of seconds that was dragged over */
  constructor(place: HTMLElement, height: number, zoomed: (from: number, to: number) => void) {
    this.#plot = new uPlot(
      {
        width: Math.max(place.clientWidth, 50),
        height,
        cursor: { drag: { x: true, y: false, setScale: false } },
        legend: { show: true, live: true },
        scales: { x: { time: true } },
        axes: [axis(), { ...axis(), size: 58, values: (_, ticks) => ticks.map(value) }],
        series: [
          {},
          { label: 'mean', stroke: () => colour('--accent'), width: 1.5, points: { size: 4 }, value: (_, v) => value(v) },
          { label: 'min', stroke: 'transparent', points: { show: false }, value: (_, v) => value(v) },
          { label: 'max', stroke: 'transparent', points: { show: false }, value: (_, v) => value(v) },
        ],
        bands: [{ series: [3, 2], fill: () => colour('--band') }],
        hooks: {
          draw: [(plot) => this.#marks(plot)],
          setSelect: [
            (plot) => {
              const { left, width } = plot.select
              if (width > 4) zoomed(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'))
              plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            },
          ],
        },
      },
      [[], [], [], []],
      place,
    )
  }

  /** @param range seconds, from and to */
  show(columns: Columns, range: [number, number], anomalies: Anomaly[]): void {
    this.#later(() => {
      this.#anomalies = anomalies
      this.#plot.setData(columns, false)
      this.#plot.setScale('x', { min: range[0], max: range[1] })
    })
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: this.#plot.height })
  }

  redraw(): void {
    this.#plot.redraw(false, true)
  }

  destroy(): void {
    this.#next = null
    this.#plot.destroy()
  }

  #later(draw: () => void): void {
    if (!this.#next) {
      requestAnimationFrame(() => {
        this.#next?.()
        this.#next = null
      })
    }
    this.#next = draw
  }

  #marks(plot: uPlot): void {
    const { ctx, bbox } = plot
    ctx.save()
    ctx.strokeStyle = ctx.fillStyle = colour('--bad')
    ctx.setLineDash([3, 3])
    for (const anomaly of this.#anomalies) {
      const x = plot.valToPos(anomaly.eventTimeMillis / MILLIS_PER_SECOND, 'x', true)
      if (x < bbox.left || x > bbox.left + bbox.width) continue
      ctx.beginPath()
      ctx.moveTo(x, bbox.top)
      ctx.lineTo(x, bbox.top + bbox.height)
      ctx.stroke()
      ctx.fillRect(x - 3, bbox.top, 6, 6)
    }
    ctx.restore()
  }
}

function axis(): uPlot.Axis {
  return {
    stroke: () => colour('--soft'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1 },
    font: '12px system-ui, sans-serif',
  }
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name)
}
