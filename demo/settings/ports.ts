import { type Environment, readWhole } from './read-setting'

/** A wish for a TCP port: a default may give way to the next free one, a port that somebody asked for may not. */
export interface PortWish {
  port: number
  isDefault: boolean
}

/** What listens on a port of its own. */
type Part =
  | 'internetShop'
  | 'shopApi'
  | 'crm'
  | 'crmApi'
  | 'mes'
  | 'mesApi'
  | 'identityProvider'
  | 'faults'
  | 'traceGate'
  | 'door'
  | 'traceStore'
  | 'jaegerQuery'
  | 'postgres'

/** The port that each part is wished to have. */
export function readPorts(env: Environment): Record<Part, PortWish> {
  return {
    internetShop: readPort(env, 'INTERNET_SHOP_PORT', 4300),
    shopApi: readPort(env, 'SHOP_API_PORT', 4301),
    crm: readPort(env, 'CRM_PORT', 4302),
    crmApi: readPort(env, 'CRM_API_PORT', 4303),
    mes: readPort(env, 'MES_PORT', 4304),
    mesApi: readPort(env, 'MES_API_PORT', 4305),
    identityProvider: readPort(env, 'IDENTITY_PROVIDER_PORT', 4306),
    faults: readPort(env, 'FAULTS_PORT', 4307),
    traceGate: readPort(env, 'TRACE_GATE_PORT', 4308),
    door: readPort(env, 'DOOR_PORT', 4309),
    traceStore: readPort(env, 'TRACE_STORE_PORT', 4320),
    jaegerQuery: readPort(env, 'JAEGER_QUERY_PORT', 4321),
    postgres: readPort(env, 'POSTGRES_PORT', 54320),
  }
}

function readPort(env: Environment, name: string, standard: number): PortWish {
  return { port: readWhole(env, name, { standard, least: 1, most: 65535 }), isDefault: !env[name] }
}
