// Bytes as people write them in a definition, and as evidence shows them: text with escapes for what cannot be shown.
const CHARACTERS: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', 0: '\0', '\\': '\\' };
const NAMES = new Map(Object.entries(CHARACTERS).map(([name, character]) => [character, `\\${name}`]));

/** `\xNN` is one byte; everything else is UTF-8. */
export function bytesOf(written: string): Buffer {
  const parts = written.split(/(\\x[0-9A-Fa-f]{2}|\\[rnt0\\])/);
  return Buffer.concat(parts.map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part);
    return part.length === 4 ? Buffer.from([Number.parseInt(part.slice(2), 16)]) : Buffer.from(CHARACTERS[part.slice(1)] ?? '');
  }));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

const SECRET = '•••';
const CUT = '…';
/** As `Shown` in the model has it. */
const LONGEST = 1_000;
/** Control and format characters, separators, halves of surrogate pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\]/gu;
const HIDDEN_OR_BYTE = /[\u0080-\u00ff\p{Cc}\\]/gu;

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, SECRET), text);
}

/** A character that was cut in two at the end is left out. */
function bounded(escaped: string, isCut: boolean): string {
  return escaped.length > LONGEST || isCut ? `${escaped.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, '')}${CUT}` : escaped;
}

/** Text as evidence shows it: secrets are masked before anything is cut. Line feeds stay as they are. */
export function shownText(text: string, secrets: readonly string[] = []): string {
  const whole = masked(text, secrets);
  const escaped = whole.slice(0, LONGEST).replaceAll(HIDDEN, (character) => (character === '\n' ? character : NAMES.get(character) ?? hexOf(Buffer.from(character))));
  return bounded(escaped, whole.length > LONGEST);
}

/** Bytes as evidence shows them: what is no UTF-8 is shown byte by byte, but for ASCII. */
export function shown(bytes: Uint8Array, secrets: readonly string[] = []): string {
  const text = decoded(bytes);
  const whole = text === null ? masked(latin1(bytes), secrets.map((secret) => latin1(Buffer.from(secret)))) : masked(text, secrets);
  const escape = (character: string): string => NAMES.get(character) ?? hexOf(Buffer.from(character, text === null ? 'latin1' : 'utf8'));
  return bounded(whole.slice(0, LONGEST).replaceAll(text === null ? HIDDEN_OR_BYTE : HIDDEN, escape), whole.length > LONGEST);
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** What the bytes say: UTF-8, or else a character for each byte. */
export function textOf(bytes: Uint8Array): string {
  return decoded(bytes) ?? latin1(bytes);
}

/** A line for people: without line ends and control characters, bounded; null where nothing is left. */
export function detailOf(text: string): string | null {
  const line = text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 300).replace(/\p{Cs}$/u, '');
  return line === '' ? null : line;
}
