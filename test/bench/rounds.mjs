/**
 * Measures all contenders round after round, so that whatever else the machine does hits all alike: each is compared with the others of its own
 * round alone, and the median over the rounds is what counts. What the bare page costs in the same round is taken off for everybody.
 * @param {{ name: string }[]} contenders the one that the others are compared with last, and after it the bare page
 * @param {(contenders: { name: string }[]) => Promise<Map<string, Record<string, number>>>} measureRound figures by name of contender
 * @returns {Promise<Map<string, Record<string, { value: number, share: number }>>>} by name of contender
 */
export async function measureInRounds(contenders, count, measureRound) {
  const rounds = []
  for (let round = 0; round < count; round++) {
    // Nobody is always first.
    const first = round % contenders.length
    rounds.push(await measureRound([...contenders.slice(first), ...contenders.slice(0, first)]))
  }
  const bare = contenders.at(-1).name
  const last = contenders.at(-2).name
  const figures = Object.keys(rounds[0].get(bare))
  const net = (round, name, figure) => round.get(name)[figure] - round.get(bare)[figure]
  const compare = (name, figure) => ({
    value: median(rounds.map((round) => net(round, name, figure))),
    share: median(rounds.map((round) => net(round, name, figure) / net(round, last, figure))),
  })
  return new Map(
    contenders
      .slice(0, -1)
      .map(({ name }) => [name, Object.fromEntries(figures.map((figure) => [figure, compare(name, figure)]))]),
  )
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2
}
