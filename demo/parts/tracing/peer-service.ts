type Environment = Record<string, string | undefined>

/** What the company calls the databases of these variables. */
const names = { SHOP_DB_URL: 'shop-db', MES_DB_URL: 'mes-db', QUEUE_URL: 'queue' }

interface Connection {
  host?: string
  port?: number
  database?: string
}

/** Finds the company's name for a database that a service is connected to, by the URLs in its environment. */
export function createPeerNames(env: Environment): (connection: Connection) => string | undefined {
  const known = new Map<string, string>()
  for (const [variable, name] of Object.entries(names)) {
    const url = env[variable]
    if (!url || !URL.canParse(url)) continue
    const { hostname, port, pathname } = new URL(url)
    known.set(keyOf({ host: hostname, port: Number(port || 5432), database: pathname.slice(1) }), name)
  }
  return (connection) => known.get(keyOf(connection))
}

function keyOf({ host, port, database }: Connection): string {
  return `${host}:${port}/${database}`
}
