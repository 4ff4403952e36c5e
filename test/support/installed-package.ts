import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isWindows = process.platform === 'win32'

/** A project of a user's that has installed the packed package. */
export interface InstalledPackage {
  readonly folder: string
  write(file: string, text: string): void
  /** What TypeScript says of files of the project, which checks its libraries too; nothing, if all is well. */
  typecheck(files: readonly string[], types?: readonly string[], module?: 'bundler' | 'nodenext'): string
  remove(): void
}

/** @param others packages of ours that the project has installed as well */
export function installPackage(others: readonly string[]): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'ordertrace-package-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'ordertrace'), { recursive: true })
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      shell: isWindows,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'ordertrace'), '--strip-components=1'])
  for (const name of others) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('package.json', '{"type":"module"}')
  return {
    folder,
    write,
    typecheck(files, types = [], module = 'bundler') {
      const compilerOptions = {
        strict: true,
        skipLibCheck: false,
        noEmit: true,
        target: 'ES2022',
        module: module === 'bundler' ? 'ESNext' : 'NodeNext',
        moduleResolution: module,
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types,
      }
      write('tsconfig.json', JSON.stringify({ compilerOptions, files }))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      try {
        execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', stdio: 'pipe' })
        return ''
      } catch (error) {
        return (error as { stdout: string }).stdout
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
