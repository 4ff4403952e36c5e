export { default as axios } from 'axios'
export { default as ky } from 'ky'
export { startTracing } from 'ordertrace/zone'
export { default as pLimit } from 'p-limit'
