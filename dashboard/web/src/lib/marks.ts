import type uPlot from 'uplot'
import type { Anomaly, Change } from './api'
import { colour } from './colour'

const NEAR_PIXELS = 10
const RADIUS = 5
const TICK = 5
const THINNEST = 2

/** Where an anomaly stands on a chart, in pixels of its canvas; null when it is out of sight. */
function spot(plot: uPlot, anomaly: Anomaly): { x: number; y: number } | null {
  const { left, top, width, height } = plot.bbox
  const x = plot.valToPos(anomaly.eventTimeMillis / 1000, 'x', true)
  if (x < left || x > left + width) return null
  // What a gap observes is a silence, not a value of this axis.
  const value = anomaly.kind === 'gap' ? null : (anomaly.observed ?? anomaly.expected)
  const y = value === null ? top + height : plot.valToPos(value, 'y', true)
  return { x, y: Math.min(Math.max(y, top + RADIUS), top + height - RADIUS) }
}

/** Draws a tick along the upper edge over every window that changed after it had closed; one with points that came too late for their device is filled. */
export function drawChanges(plot: uPlot, changes: Change[]): void {
  const { ctx: pen, bbox } = plot
  pen.save()
  for (const { fromMillis, toMillis, repaired } of changes) {
    const from = Math.max(plot.valToPos(fromMillis / 1000, 'x', true), bbox.left)
    const to = Math.min(plot.valToPos(toMillis / 1000, 'x', true), bbox.left + bbox.width)
    if (to <= from) continue
    pen.fillStyle = colour(repaired ? '--warn' : '--soft')
    const height = (repaired ? TICK : TICK / 2) * devicePixelRatio
    pen.fillRect(from, bbox.top, Math.max(to - from - devicePixelRatio, THINNEST * devicePixelRatio), height)
  }
  pen.restore()
}

/** What changed at this time after its window had closed; null when nothing did. */
export function changeAt(changes: Change[], millis: number): Change | null {
  return changes.find((change) => millis >= change.fromMillis && millis < change.toMillis) ?? null
}

/** Draws a diamond at every anomaly; the chosen one also gets a line from top to bottom and the band that was expected. */
export function drawMarks(plot: uPlot, anomalies: Anomaly[], chosen: Anomaly | null): void {
  const { ctx: pen, bbox } = plot
  const radius = RADIUS * devicePixelRatio
  pen.save()
  pen.beginPath()
  pen.rect(bbox.left - radius, bbox.top - radius, bbox.width + 2 * radius, bbox.height + 2 * radius)
  pen.clip()
  pen.lineWidth = 1.5 * devicePixelRatio
  for (const anomaly of anomalies) {
    const at = spot(plot, anomaly)
    if (!at) continue
    pen.fillStyle = pen.strokeStyle = colour('--bad')
    if (anomaly === chosen) drawChosen(plot, anomaly, at.x)
    pen.beginPath()
    pen.moveTo(at.x, at.y - radius)
    pen.lineTo(at.x + radius, at.y)
    pen.lineTo(at.x, at.y + radius)
    pen.lineTo(at.x - radius, at.y)
    pen.closePath()
    pen.fill()
    pen.strokeStyle = colour('--ground')
    pen.stroke()
  }
  pen.restore()
}

function drawChosen(plot: uPlot, { kind, lower, upper }: Anomaly, x: number): void {
  const { ctx: pen, bbox } = plot
  pen.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  pen.beginPath()
  pen.moveTo(x, bbox.top)
  pen.lineTo(x, bbox.top + bbox.height)
  pen.stroke()
  pen.setLineDash([])
  if (kind === 'gap') return
  for (const edge of [lower, upper]) {
    if (edge === null) continue
    const y = plot.valToPos(edge, 'y', true)
    pen.beginPath()
    pen.moveTo(x - 12 * devicePixelRatio, y)
    pen.lineTo(x + 12 * devicePixelRatio, y)
    pen.stroke()
  }
}

/** The anomaly under the pointer, in style pixels of the plotting area. */
export function nearest(plot: uPlot, anomalies: Anomaly[], left: number): Anomaly | null {
  let found: Anomaly | null = null
  let least = NEAR_PIXELS
  for (const anomaly of anomalies) {
    const distance = Math.abs(plot.valToPos(anomaly.eventTimeMillis / 1000, 'x') - left)
    if (distance < least) [least, found] = [distance, anomaly]
  }
  return found
}
