import { type ChildProcess, spawn } from 'node:child_process'

export interface GuardedOptions {
  cwd?: string
  uid?: number
  gid?: number
  env?: NodeJS.ProcessEnv
}

/**
 * Starts a server that is no process of Node's and ties its life to ours: a shell between us waits on a pipe that the system closes when
 * we die, even by SIGKILL, and then sends SIGINT. A group of its own keeps Ctrl-C in the terminal from the server. It is stopped by the
 * end of its `stdin`.
 */
export function spawnGuarded(command: string, args: string[], options: GuardedOptions): ChildProcess {
  const stdio: ['pipe', 'pipe', 'pipe'] = ['pipe', 'pipe', 'pipe']
  if (process.platform === 'win32') return spawn(command, args, { ...options, stdio })
  const script =
    'exec 3<&0; "$@" 3<&- & server=$!; (read _ <&3; kill -INT $server) & wait $server; code=$?; kill $! 2>/dev/null; exit $code'
  return spawn('/bin/sh', ['-c', script, 'sh', command, ...args], { ...options, stdio, detached: true })
}

/** The last lines that the server wrote, for the message when it fails. */
export function collectOutput(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text.trim() || 'it said nothing'
}
