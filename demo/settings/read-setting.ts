/** A setting with a value that cannot work; its message names the setting, the value and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

export type Environment = Record<string, string | undefined>

/** A URL with one of these protocols, without a slash at its end; nothing where it is not set. */
export function readUrl(env: Environment, name: string, protocols: string[]): string | undefined {
  const value = env[name]
  if (!value) return undefined
  const protocol = URL.canParse(value) ? new URL(value).protocol : undefined
  if (!protocol || !protocols.includes(protocol)) {
    // The value may hold a password, so the message does not repeat it.
    throw new ConfigError(`${name} must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  }
  return value.replace(/\/+$/, '')
}

/** A whole number within bounds. */
export function readWhole(
  env: Environment,
  name: string,
  { standard, least, most }: { standard: number; least: number; most: number },
): number {
  const value = Number(env[name] || standard)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, but it is "${env[name]}".`)
}
