// How much of a text is read: enough for every installation that is known, too little to stop a browser.
import { FormatError } from './error.ts';

/** Of all files together; a configuration with 37,000 real servers and a check each has 8 million. */
export const CHARACTERS_MAX = 10 * 1024 * 1024;

/** Of what stands in a text after its sequences, lists and definitions are put in. */
export const LINES_MAX = 600_000;

/** Of one line of ipvsadm or keepalived.conf. */
export const LINE_CHARACTERS_MAX = 100_000;

/** Of blocks in blocks; keepalived's own words need 5. */
export const DEPTH_MAX = 50;

export const REAL_SERVERS_MAX = 100_000;

/** Of a line in the report. */
export const SHOWN_MAX = 300;

// Tab, line feed, vertical tab, form feed and carriage return are text; so is what other encodings than UTF-8 have from 7f to 9f.
const notText = /\p{Cc}(?<![\t-\r\u007f-\u009f])/u;

/** A file in another encoding than UTF-8 has a few of these, in comments; a picture has them everywhere. */
const UNREADABLE_SHARE_MAX = 0.1;
const looked = 65_536;

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export function checkBounds(files: readonly SourceText[]): void {
  const first = files[0];
  if (first === undefined || files.every(({ text }) => text.trim() === '')) throw new FormatError('nothingGiven', first?.name ?? '', null);
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > CHARACTERS_MAX) throw new FormatError('tooLarge', first.name, null, { characters, most: CHARACTERS_MAX });
  for (const { name, text } of files) {
    const at = text.search(notText);
    if (at !== -1) throw new FormatError('binary', name, lineAt(text, at));
    const beginning = text.slice(0, looked);
    const unreadable = beginning.split('\ufffd').length - 1;
    if (unreadable > beginning.length * UNREADABLE_SHARE_MAX) throw new FormatError('binary', name, lineAt(text, text.indexOf('\ufffd')));
  }
}

export function checkLine(file: string, line: number, text: string): void {
  if (text.length > LINE_CHARACTERS_MAX) throw new FormatError('lineTooLong', file, line + 1, { most: LINE_CHARACTERS_MAX });
}

/** 1 is the first line. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
