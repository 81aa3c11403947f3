import type uPlot from 'uplot'
import { colour } from './colour'
import { clock, date, timeOfDay, value } from './format'

const DAY_SECONDS = 86_400
const CHARACTER_PIXELS = 7.2

const look = (): uPlot.Axis => ({
  stroke: () => colour('--soft'),
  grid: { stroke: () => colour('--line'), width: 1 },
  ticks: { show: false },
  font: '12px system-ui, sans-serif',
})

/** Time along the bottom, 24 hours, the date where it begins and where it changes. */
export function timeAxis(): uPlot.Axis {
  return {
    ...look(),
    space: 72,
    values: (_, ticks, __, ___, step) =>
      ticks.map((tick, i) => {
        const millis = tick * 1000
        if (step >= DAY_SECONDS) return date(millis).slice(5, 10)
        const time = step >= 60 ? timeOfDay(millis).slice(0, 5) : timeOfDay(millis)
        const before = i ? ticks[i - 1]! * 1000 : Date.now()
        return clock(millis, before) === timeOfDay(millis) ? time : `${time}\n${date(millis).slice(5, 10)}`
      }),
  }
}

/** Values along the left, as wide as they need. */
export function valueAxis(): uPlot.Axis {
  return {
    ...look(),
    size: (_, ticks) => Math.max(40, 16 + CHARACTER_PIXELS * Math.max(0, ...(ticks ?? []).map((tick) => tick.length))),
    values: (_, ticks) => ticks.map(value),
  }
}
