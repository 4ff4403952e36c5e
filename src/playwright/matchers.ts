import { expect as base, type Expect } from '@playwright/test'
import { toHaveEdge } from './match-edge'
import { toHaveNoPersonalData } from './match-personal-data'
import { toCarryBaggage, toCarryTraceparent } from './match-request'
import { toHaveOrder, toHaveSpan } from './match-span'
import { toBeUnbroken } from './match-unbroken'

const matchers = {
  toHaveSpan,
  toHaveOrder,
  toCarryTraceparent,
  toCarryBaggage,
  toBeUnbroken,
  toHaveNoPersonalData,
  toHaveEdge,
}

/** Playwright's `expect`, with matchers of traces. They wait as Playwright's own do. */
export const expect: Expect<typeof matchers> = base.extend(matchers)
