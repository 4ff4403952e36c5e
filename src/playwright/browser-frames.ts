import type { CDPSession } from '@playwright/test'

/** Which browser context a frame or a worker is in, also after it has gone. */
export interface BrowserFrames {
  /** @param frameId as the DevTools protocol names who sent a request */
  contextOf(frameId: string): string | undefined
}

export interface FrameListeners {
  /** A context is there, with its first page or worker. */
  onContext(contextId: string): void
  /** A tab of the context has another document. */
  onNavigation(contextId: string): void
}

interface TargetInfo {
  targetId: string
  type: string
  browserContextId?: string
}

/** What a page says of its frames, of all that is said in its session. */
type PageMessage =
  | { method: 'Page.frameAttached'; params: { frameId: string } }
  | { method: 'Page.frameNavigated'; params: { frame: { id: string; parentId?: string } } }
  | { method?: undefined; result?: { frameTree?: FrameTree } }

interface FrameTree {
  frame: { id: string }
  childFrames?: FrameTree[]
}

/**
 * Learns of every tab, worker and frame of a browser. Frames in the process of the page around them are no targets of their own: only a
 * session with the page tells of them, and it has to be asked while they are there, for what they leave behind comes when they are not.
 * https://chromedevtools.github.io/devtools-protocol/tot/Target/
 */
export async function watchFrames(
  session: CDPSession,
  { onContext, onNavigation }: FrameListeners,
): Promise<BrowserFrames> {
  const contexts = new Map<string, string>()
  /** The contexts of the pages that are talked to, by session. */
  const sessions = new Map<string, string>()

  async function listen({ targetId }: TargetInfo, contextId: string): Promise<void> {
    // Within the browser's session, since Playwright hands on what comes in no other.
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
    sessions.set(sessionId, contextId)
    for (const [index, method] of ['Page.enable', 'Page.getFrameTree'].entries()) {
      const message = JSON.stringify({ id: index + 1, method })
      await session.send('Target.sendMessageToTarget', { sessionId, message })
    }
  }

  function hear(message: PageMessage, contextId: string): void {
    if (message.method === 'Page.frameAttached') contexts.set(message.params.frameId, contextId)
    else if (message.method === 'Page.frameNavigated') {
      if (message.params.frame.parentId === undefined) onNavigation(contextId)
    } else if (message.result?.frameTree) {
      for (const frameId of framesIn(message.result.frameTree)) contexts.set(frameId, contextId)
    }
  }

  session.on('Target.targetCreated', ({ targetInfo }: { targetInfo: TargetInfo }) => {
    const { targetId, type, browserContextId: contextId } = targetInfo
    if (contextId === undefined) return
    contexts.set(targetId, contextId)
    onContext(contextId)
    // It fails where the tab is closed meanwhile.
    if (type === 'page' || type === 'iframe') listen(targetInfo, contextId).catch(() => {})
  })
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }: { sessionId: string; message: string }) => {
    const contextId = sessions.get(sessionId)
    if (contextId !== undefined) hear(JSON.parse(message), contextId)
  })
  session.on('Target.detachedFromTarget', ({ sessionId }: { sessionId: string }) => void sessions.delete(sessionId))
  await session.send('Target.setDiscoverTargets', { discover: true })
  return { contextOf: (frameId) => contexts.get(frameId) }
}

const framesIn = ({ frame, childFrames = [] }: FrameTree): string[] => [frame.id, ...childFrames.flatMap(framesIn)]
