import type { Guard } from '../page/guard'
import { lookOn } from '../page/look-on'
import { patch } from '../page/patch'
import { type FetchArguments, isRequest, type PreparedArguments, prepareArguments } from './fetch-arguments'
import { pageUrl } from './page-url'
import type { BeginRequest, PageRequest, TracedRequest } from './request-span'

/**
 * Traces `fetch`. A request that gets no header goes out with the page's own arguments, and every request comes back as the browser's own
 * promise; we only look on.
 */
export function traceFetch(begin: BeginRequest, guard: Guard): () => void {
  return patch(window, 'fetch', (native, self, args) => {
    const traced = guard('fetch', () => beginFetch(begin, args as FetchArguments))
    if (!traced) return Reflect.apply(native, self, args)
    try {
      const answer = Reflect.apply(native, self, traced.args)
      if (!guard('fetch', () => watch(answer, traced, guard))) traced.request.respond(0)
      return answer
    } catch (error) {
      // The browser's own fetch never throws, but another library's around it may.
      traced.request.fail('network')
      throw error
    }
  })
}

interface TracedFetch {
  request: TracedRequest
  args: FetchArguments
  signal: AbortSignal | null | undefined
}

function beginFetch(begin: BeginRequest, args: FetchArguments): TracedFetch | undefined {
  const [input, init] = args
  const given = isRequest(input) ? input : undefined
  const url = pageUrl(given ? given.url : input)
  if (!url) return undefined
  let prepared: PreparedArguments | undefined
  const request = begin({
    method: String(init?.method ?? given?.method ?? 'GET').toUpperCase(),
    url,
    obstacle() {
      if ((init?.mode ?? given?.mode) === 'no-cors') return 'no-cors'
      prepared = prepareArguments(args)
      return prepared.hasTraceparent ? 'set-by-page' : undefined
    },
  } satisfies PageRequest)
  if (!request) return undefined
  const signal = init?.signal ?? given?.signal
  if (!prepared) return { request, args, signal }
  return { request, args: request.headers.length > 0 ? prepared.with(request.headers) : prepared.args, signal }
}

/** @returns whether the answer will tell of its outcome; a page's stand-in for fetch may return anything */
function watch(answer: unknown, { request, signal }: TracedFetch, guard: Guard): boolean {
  return lookOn<Response>(
    answer,
    (response) => void guard('fetch', () => request.respond(response.status, (name) => response.headers.get(name))),
    (error) => void guard('fetch', () => request.fail(errorType(error, signal))),
  )
}

/** An abort may carry any reason of the page's; the signal knows better than the error. */
function errorType(error: unknown, signal: AbortSignal | null | undefined) {
  const name = (error as { name?: unknown } | null | undefined)?.name
  if (name === 'TimeoutError') return 'timeout'
  return signal?.aborted || name === 'AbortError' ? 'abort' : 'network'
}
