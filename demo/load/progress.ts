const barLength = 30

/** A line that says how far one is: redrawn on a terminal, and elsewhere printed at each tenth. */
export class Progress {
  private tenth = -1

  constructor(
    private readonly total: number,
    private readonly out: Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean },
  ) {}

  show(done: number, note: string): void {
    const share = this.total === 0 ? 1 : done / this.total
    const bar = '█'.repeat(Math.round(share * barLength)).padEnd(barLength, '░')
    const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${done}/${this.total}  ${note}`
    if (this.out.isTTY) return void this.out.write(`\r\x1b[K${line}`)
    const tenth = Math.floor(share * 10)
    if (tenth === this.tenth) return
    this.tenth = tenth
    this.out.write(`${line}\n`)
  }

  end(): void {
    if (this.out.isTTY) this.out.write('\n')
  }
}
