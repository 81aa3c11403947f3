import type { components } from '../generated/api'

type Schemas = components['schemas']
export type Overview = Schemas['Overview']
export type DeviceRow = Schemas['DeviceRow']
export type DevicePage = Schemas['DevicePage']
export type Device = Schemas['Device']
export type Latest = Schemas['Latest']
export type Series = Schemas['Series']
export type Change = Schemas['Change']
export type Anomaly = Schemas['Anomaly']
export type AnomalyPage = Schemas['AnomalyPage']
export type Feedback = Schemas['Feedback']
export type FeedbackList = Schemas['FeedbackList']
export type Verdict = Schemas['Verdict']
export type Said = Schemas['Said']
export type DeadLetter = Schemas['DeadLetter']
export type DeadLetterPage = Schemas['DeadLetterPage']
export type DeadLetterReason = Schemas['DeadLetterReason']
export type DeadLetterReasons = Schemas['DeadLetterReasons']
export type DeadLetterState = Schemas['DeadLetterState']
export type ReplayFilter = Schemas['ReplayFilter']
export type ReplayRequest = Schemas['ReplayRequest']
export type ReplayResult = Schemas['ReplayResult']
export type ReplayedLetter = Schemas['ReplayedLetter']
export type Status = Schemas['Status']
export type LiveFrame = Schemas['LiveFrame']

/** An answer that is not a success: what the server's problem document says. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail)
  }
}

export type Parameters = Record<string, string | number | undefined>

/** Leaves out what is undefined or empty. */
export function query(parameters: Parameters): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  return set.length ? '?' + new URLSearchParams(set.map(([key, value]) => [key, String(value)])) : ''
}

export const get = <T>(path: string, parameters: Parameters = {}, signal?: AbortSignal) =>
  ask<T>(path + query(parameters), signal ? { signal } : {})

export const post = <T>(path: string, body: unknown) =>
  ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

async function ask<T>(path: string, request: RequestInit): Promise<T> {
  const response = await fetch('/api/v1/' + path, request)
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string }
    throw new Refused(response.status, problem.detail ?? problem.title ?? response.statusText)
  }
  return (await response.json()) as T
}

type Stretch = { metric: string; from: number; to: number; points: number; /** with what was expected */ band?: 'true' }

export const seriesOf = (device: string, stretch: Stretch, signal?: AbortSignal) =>
  get<Series>(`devices/${encodeURIComponent(device)}/series`, stretch, signal)

export const deviceAddress = (device: string, parameters: Parameters = {}) =>
  `/devices/${encodeURIComponent(device)}${query(parameters)}`
