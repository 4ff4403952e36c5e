import { readFileSync } from 'node:fs'

export interface ComposeService {
  text: string
  /** Names of its networks, with its address there if it has one of its own. */
  networks: Map<string, string | undefined>
  /** It has one of its own, or that of the Node parts. */
  hasHealthcheck: boolean
}

/** The services of `demo/compose.yaml`, as far as its own way of writing goes: what all of YAML would be, `validate.mjs` reads with Docker's parser. */
export function readCompose(): Map<string, ComposeService> {
  const text = readFileSync(new URL('../../../demo/compose.yaml', import.meta.url), 'utf8')
  const all = /^services:\n([\s\S]*?)^configs:/m.exec(text)?.[1] ?? ''
  const starts = [...all.matchAll(/^ {2}([a-z-]+):\n/gm)]
  return new Map(
    starts.map(({ 1: name = '', index }, at) => {
      const own = all.slice(index, starts[at + 1]?.index)
      return [
        name,
        { text: own, networks: readNetworks(own), hasHealthcheck: /^ {4}(healthcheck:|<<: \*node$)/m.test(own) },
      ]
    }),
  )
}

function readNetworks(service: string): ComposeService['networks'] {
  const given = /^ {4}networks: (.+)$/m.exec(service)?.[1] ?? ''
  if (given.startsWith('['))
    return new Map(
      given
        .slice(1, -1)
        .split(', ')
        .map((name) => [name, undefined]),
    )
  const entries = [...given.slice(1, -1).matchAll(/([a-z-]+): \{([^}]*)\}/g)]
  return new Map(entries.map(([, name = '', rest = '']) => [name, /ipv4_address: ([\d.]+)/.exec(rest)?.[1]]))
}
