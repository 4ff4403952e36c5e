// Runs the continuity tables in every engine that is here and writes docs/continuity.md. Plain JavaScript, for it may have to install first.
import { ensureBuilt } from '../../demo/setup/build.mjs'
import { ensureInstalled } from '../../demo/setup/install.mjs'
import { ensureOtherBrowsers } from './browsers.mjs'

const log = (line) => console.log(`▸ ${line}`)

await ensureInstalled({ log })
await ensureBuilt({ log })
const { browsers, missing } = await ensureOtherBrowsers({ log })
// A document with an engine less would look like the whole.
if (missing.length > 0) throw new Error('docs/continuity.md is written where all three engines are.')
const { tsImport } = await import('tsx/esm/api')
const { writeDocument } = await tsImport('./write-document.ts', import.meta.url)
await writeDocument(browsers, { log })
