// Writes dist/types. TypeScript leaves out the extensions of our imports; whoever resolves as Node does needs them.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
for (const config of ['tsconfig.build.json', 'tsconfig.build-node.json']) {
  execFileSync(process.execPath, [tsc, '-p', join(root, config)], { stdio: 'inherit' })
}

const types = join(root, 'dist/types')
for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.d.ts')) continue
  const text = readFileSync(join(types, file), 'utf8')
  const withExtensions = text.replace(/(from |import\()(['"])(\.{1,2}\/[^'"]*?)(?:\.js)?\2/g, '$1$2$3.js$2')
  if (withExtensions !== text) writeFileSync(join(types, file), withExtensions)
}
