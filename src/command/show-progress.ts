/** On the same line of the terminal again and again; nothing where nobody looks on. An empty line takes it away. */
export function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`)
}
