/** Of a count in two groups: how many of how many. */
export interface TwoGroups {
  /** In the first group so many of so many have it. */
  count: number
  of: number
  /** In the second group. */
  otherCount: number
  otherOf: number
}

/** From so many expected in the rarest cell on the normal distribution is near enough, and quicker. */
const LEAST_EXPECTED = 5

/**
 * How probable it is that the first group has it at least so often, if both are alike. Exactly (Fisher) where few are expected, for there a normal
 * distribution finds far too much.
 */
export function chanceOf(groups: TwoGroups): number {
  const { count, of, otherCount, otherOf } = groups
  const [all, having] = [of + otherOf, count + otherCount]
  const rarest = (Math.min(of, otherOf) * Math.min(having, all - having)) / all
  return rarest < LEAST_EXPECTED ? exactTail(groups) : normalTail(groups)
}

function exactTail({ count, of, otherCount, otherOf }: TwoGroups): number {
  const having = count + otherCount
  const most = Math.min(of, having)
  const whole = logChoose(of + otherOf, having)
  let chance = 0
  for (let found = count; found <= most; found++)
    chance += Math.exp(logChoose(of, found) + logChoose(otherOf, having - found) - whole)
  return Math.min(1, chance)
}

function normalTail({ count, of, otherCount, otherOf }: TwoGroups): number {
  const both = (count + otherCount) / (of + otherOf)
  const deviation = Math.sqrt(both * (1 - both) * (1 / of + 1 / otherOf))
  // Counts are whole, so half of one belongs to each side.
  const correction = (1 / of + 1 / otherOf) / 2
  const apart = count / of - otherCount / otherOf
  return normalBeyond((apart - Math.min(correction, Math.abs(apart))) / deviation)
}

/** The share of a normal distribution beyond so many deviations; Abramowitz and Stegun 26.2.17, right to seven digits. */
function normalBeyond(deviations: number): number {
  if (deviations < 0) return 1 - normalBeyond(-deviations)
  const t = 1 / (1 + 0.2316419 * deviations)
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-deviations * deviations) / 2) / Math.sqrt(2 * Math.PI)) * sum
}

const logFactorials = [0]

function logChoose(of: number, count: number): number {
  if (count < 0 || count > of) return Number.NEGATIVE_INFINITY
  for (let next = logFactorials.length; next <= of; next++)
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next))
  const at = (n: number) => logFactorials[n] ?? 0
  return at(of) - at(count) - at(of - count)
}

/**
 * Which of many chances are no chance finds, so that of those taken no more than a share is false (Benjamini and Hochberg, 1995): of a hundred
 * values that say nothing, one in a hundred looks as if it did.
 */
export function findSignificant(chances: readonly number[], falseShare: number): boolean[] {
  const sorted = [...chances].sort((a, b) => a - b)
  const passing = sorted.filter((chance, index) => chance <= (falseShare * (index + 1)) / sorted.length)
  const most = passing.at(-1) ?? -1
  return chances.map((chance) => chance <= most)
}
