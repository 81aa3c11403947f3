import { colour } from './colour'
import { position, type Strip } from './strip'

export type Frame = { fromSeconds: number; toSeconds: number; fromZero: boolean; at: number | null }

const PAD = 3

/** Draws a strip as a small line without axes. Gaps stay empty. */
export function drawSpark(canvas: HTMLCanvasElement, strip: Strip, frame: Frame): void {
  const scale = devicePixelRatio
  const width = canvas.clientWidth
  const height = canvas.clientHeight
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale)
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale)
  const pen = canvas.getContext('2d')!
  pen.setTransform(scale, 0, 0, scale, 0, 0)
  pen.clearRect(0, 0, width, height)

  const [times, values] = strip.columns
  const first = Math.max(0, position(times, frame.fromSeconds) - 1)
  const { low, high } = edges(values, first, frame.fromZero)
  const x = (i: number) => ((times[i]! - frame.fromSeconds) / (frame.toSeconds - frame.fromSeconds)) * (width - PAD)
  const y = (i: number) => height - PAD - ((values[i]! - low) / (high - low)) * (height - 2 * PAD)

  pen.strokeStyle = colour('--line')
  pen.beginPath()
  pen.moveTo(0, height - 0.5)
  pen.lineTo(width, height - 0.5)
  pen.stroke()

  pen.strokeStyle = pen.fillStyle = colour('--accent')
  pen.lineWidth = 1.5
  pen.lineJoin = 'round'
  pen.beginPath()
  for (let i = first; i < times.length; i++) {
    const alone = (i === first || strip.broken(i)) && (i === times.length - 1 || strip.broken(i + 1))
    if (alone) pen.rect(x(i) - 0.75, y(i) - 0.75, 1.5, 1.5)
    else if (i === first || strip.broken(i)) pen.moveTo(x(i), y(i))
    else pen.lineTo(x(i), y(i))
  }
  pen.stroke()
  const marked = frame.at ?? (times.length && !stopped(strip, frame) ? times.length - 1 : null)
  if (marked === null) return
  pen.beginPath()
  pen.arc(x(marked), y(marked), 2.5, 0, 2 * Math.PI)
  pen.fill()
}

/** Whether the line has ended before the right edge: no dot, nothing is arriving. */
function stopped(strip: Strip, frame: Frame): boolean {
  return frame.toSeconds - strip.times[strip.length - 1]! > Math.max(3, strip.gapSeconds)
}

function edges(values: Float64Array, first: number, fromZero: boolean): { low: number; high: number } {
  let low = fromZero ? 0 : Infinity
  let high = fromZero ? 1e-9 : -Infinity
  for (let i = first; i < values.length; i++) {
    if (values[i]! < low) low = values[i]!
    if (values[i]! > high) high = values[i]!
  }
  return high > low ? { low, high } : { low: low - 1, high: low + 1 }
}
