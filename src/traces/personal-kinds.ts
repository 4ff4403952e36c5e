/**
 * What looks like personal data, by kind. Every repetition has a bound, which no real one reaches: without it a value of 50 kB takes seconds, for
 * each place where something might begin is read on to the end.
 */
export const PERSONAL_KINDS: readonly [string, (text: string) => boolean][] = [
  // Also as it stands in a URL, with %40 for @. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
  [
    'an e-mail address',
    (text) => /[\p{L}\p{N}._+-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/iu.test(text),
  ],
  ['credentials in a URL', (text) => /\b[a-z][a-z\d+.-]{0,31}:\/\/[^/\s@]{0,512}@/i.test(text)],
  ['a query string', (text) => /(?:^|[/\w])\?[\w.~%[\]-]{1,256}=|:\/\/[^\s?#]{0,1024}\?[^\s]/.test(text)],
  ['a fragment', (text) => /:\/\/[^\s?#]{0,1024}#[^\s]|\/[^\s?#]{0,256}#[\w.~%-]{1,256}=/.test(text)],
  ['a token', (text) => /\beyJ[\w-]{8,1024}\.[\w-]{8}|\bbearer\s{1,8}[\w.~+/-]{8}/i.test(text)],
  ['a phone number', holdsPhoneNumber],
  ['a card number', holdsCardNumber],
]

/** With its country and a plus, or grouped as people write it: bare digits are more often an id or a time. */
function holdsPhoneNumber(text: string): boolean {
  return [
    /(?:^|[^\w+])\+\d[\d ()-]{8,16}\d(?!\d)/,
    /(?<![\w.-])(?:\d{1,3}[ -]?)?\(\d{3,5}\)[ -]?\d{2,4}(?:[ -]?\d{2,4}){1,3}(?![\w-])/,
    /(?<![\w.:-])(?:\d{1,2}[ -])?\d{3}[ -]\d{3}[ -](?:\d{4}|\d{2}[ -]\d{2})(?![\w:-])/,
  ].some((pattern) => pattern.test(text))
}

/** 13 to 19 digits, in groups or not, whose check digit is right (ISO/IEC 7812); not part of a longer word, such as an id in hex. */
function holdsCardNumber(text: string): boolean {
  const candidates = text.match(/(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])/g) ?? []
  return candidates.some((candidate) => {
    const digits = candidate.replace(/\D/g, '')
    // A time in ms or ns since 1970 begins with 1; no card does.
    return digits[0] !== '1' && digits[0] !== '0' && hasCheckDigit(digits)
  })
}

function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
