/** A browser that Playwright does not drive. */
export interface OtherBrowser {
  name: 'Firefox' | 'WebKit'
  program: string
}

export interface OtherBrowsers {
  browsers: OtherBrowser[]
  /** What is not here, and how to get it. */
  missing: { name: OtherBrowser['name']; hint: string }[]
}

/** Firefox and WebKit, as far as this machine has them. */
export function findOtherBrowsers(): OtherBrowsers

/** Finds Firefox and WebKit, and installs what is missing where it can; never fails, says in one line what stays missing. */
export function ensureOtherBrowsers(options: { log(line: string): void }): Promise<OtherBrowsers>
