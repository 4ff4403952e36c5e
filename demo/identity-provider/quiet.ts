// Imported before the library, which warns, when it is loaded and when it starts, of what is meant here: everything in memory, and on the
// oldest Node that the demo runs on.
const { warn } = console
console.warn = (...texts: unknown[]) => String(texts[0]).startsWith('oidc-provider WARNING') || warn(...texts)
