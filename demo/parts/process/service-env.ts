/** What the launcher tells a service, by the names of the variables. Throws when one is missing. */
export function readServiceEnv<Name extends string>(...names: Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name])
  if (missing.length > 0) {
    throw new Error(`${missing.join(' and ')} is not set: start this service through \`npm run demo\`.`)
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>
}
