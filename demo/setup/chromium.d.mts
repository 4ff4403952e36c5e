/** Finds a Chromium or brings one; see chromium.mjs. */
export function ensureChromium(options: {
  log(line: string): void
}): Promise<{ executablePath: string; args: string[] }>
