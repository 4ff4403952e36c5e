/**
 * Reads which pages may send from another origin, and as which service:
 * `internet-shop=https://shop.example crm=https://crm.example`. Throws for what is no origin.
 */
export function readOrigins(text = ''): [origin: string, service: string][] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [, service = '', origin = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? []
      if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
        throw new Error(`DOOR_ORIGINS must be pairs such as internet-shop=https://shop.example, but one is "${pair}".`)
      }
      return [origin, service]
    })
}
