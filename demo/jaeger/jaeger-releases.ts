export interface JaegerRelease {
  version: string
  url: string
  /** Of the archive. */
  sha256: string
}

const github = 'https://github.com/jaegertracing/jaeger/releases/download'

/**
 * Releases whose archive is known by its sum, by platform and architecture as Node names them. Jaeger itself publishes sums of the programs in
 * the archives only, and beside them, so each sum here is one that others have pinned, who do not know of each other; a platform for which
 * none was found is not here, and has its Jaeger built. All archives hold `jaeger-…/jaeger`, with the page in it.
 * @param downloads where they are, for a mirror with the same paths
 */
export function jaegerReleases(downloads = github): Readonly<Record<string, JaegerRelease>> {
  const release = (version: string, platform: string, sha256: string): JaegerRelease => ({
    version: `v${version}`,
    url: `${downloads.replace(/\/$/, '')}/v${version}/jaeger-${version}-${platform}.tar.gz`,
    sha256,
  })
  return {
    // The same in three public installers: one in Python (together with the length, 58,367,331 bytes), one in shell for EC2, and in the
    // design of a test bench, which took the sum of what it had fetched.
    'linux-x64': release('2.20.0', 'linux-amd64', 'c967368ba09be356089ef7e8aab2a76d170dc007ff6ccf7925c8167ede2900d7'),
    // The same in two: a lock file of observability programs in TypeScript, and a script in Python.
    'darwin-arm64': release(
      '2.20.0',
      'darwin-arm64',
      'b2d21051b27f06535c288dd63e15a42d5aae653d0113695014d7e6b502736e5d',
    ),
    // Scoop, https://github.com/ScoopInstaller/Main/blob/11f157576b3ac45c3a6a50fd244ea7adf1ef15c7/bucket/jaeger.json
    'win32-x64': release('2.21.0', 'windows-amd64', 'ce743f461f8965d71d58f0a5c0a2cff3ac5ca35f5a7efc5833314947f245b58c'),
  }
}
