/** A moment as the clock on the wall has it, with how far that is from UTC: `2026-03-02 12:00:00+03:00`. */
export function sayLocal(at: number): string {
  const away = -new Date(at).getTimezoneOffset()
  const local = new Date(at + away * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(Math.abs(away) / 60), Math.abs(away) % 60]
  return `${local}${away < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
}
