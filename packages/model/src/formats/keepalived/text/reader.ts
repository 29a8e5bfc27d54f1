// Reads a configuration line by line as keepalived does: includes, conditions, definitions, sequences and lists are put in.
import { checkLine, DEPTH_MAX, LINES_MAX } from '../../bounds.ts';
import { FormatError } from '../../error.ts';
import type { ImportOptions } from '../../imported.ts';
import type { Place, Report } from '../../report.ts';
import { filesMeant, isPattern } from './include.ts';
import { Parameters } from './parameters.ts';
import type { Said } from './said.ts';
import { withoutComment } from './said.ts';
import { inParentheses, isTooLong, sequenceOf } from './sequence.ts';
import type { Sequence } from './sequence.ts';

/** A line with those that it goes on with: each but the last ends with a backslash. */
interface Whole {
  readonly first: Said;
  readonly more: readonly Said[];
}

/** What is being read; the innermost is read on first. */
type Frame =
  | { readonly kind: 'file'; readonly file: number; line: number }
  | { readonly kind: 'lines'; readonly lines: readonly Said[]; next: number }
  | { readonly kind: 'sequence'; readonly sequence: Sequence; readonly at: Place; round: number };

// The same file counts each time.
const INCLUDES_MAX = 10_000;

const include = /^include[rmwba]?\s+(\S.*)$/;
const noMore: readonly Said[] = [];
const definition = /^\$([A-Za-z_]\w*)=(.*)$/s;

export class Reader {
  readonly #report: Report;
  readonly #names: readonly string[];
  readonly #configId: string | null;
  readonly #parameters: Parameters;
  readonly #frames: Frame[] = [];
  readonly #seen = new Set<number>();
  #lines = 0;
  #opened = 0;

  constructor(report: Report, names: readonly string[], main: number, { configId }: Pick<ImportOptions, 'configId'>) {
    this.#report = report;
    this.#names = names;
    this.#configId = configId;
    this.#parameters = new Parameters(report, configId);
    this.#open(main);
  }

  /** Files that nothing included. */
  unused(): string[] {
    return this.#names.filter((_, file) => !this.#seen.has(file));
  }

  read(take: (said: Said) => void): void {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const said = this.#next(frame);
      if (said === null) this.#frames.pop();
      else if (said !== undefined) this.#meaning(said, take);
    }
  }

  /** Null at the end of the frame; undefined where there is nothing on this line. */
  #next(frame: Frame): Whole | null | undefined {
    if (frame.kind === 'file') return this.#nextOfFile(frame);
    if (frame.kind === 'lines') {
      const said = frame.lines[frame.next];
      if (said === undefined) return null;
      frame.next += 1;
      this.#count(said.at);
      return { first: said, more: noMore };
    }
    const { sequence, at, round } = frame;
    if (round >= sequence.count) return null;
    frame.round += 1;
    this.#count(at);
    const values = sequence.valuesAt(round);
    for (const [index, name] of sequence.variables.entries()) this.#parameters.set(name, values[index] ?? '');
    return { first: { text: sequence.rest, at }, more: noMore };
  }

  #nextOfFile(frame: Extract<Frame, { kind: 'file' }>): Whole | null | undefined {
    const lines = this.#report.linesOf(frame.file);
    let first: Said | null = null;
    const more: Said[] = [];
    for (let goesOn = true; goesOn && frame.line < lines.length; frame.line += 1) {
      const raw = lines[frame.line] ?? '';
      checkLine(this.#report.nameOf(frame.file), frame.line, raw);
      const text = withoutComment(raw).trim();
      goesOn = text.endsWith('\\') || (text === '' && first !== null);
      if (text === '') continue;
      const said: Said = { text: goesOn ? text.slice(0, -1).trim() : text, at: { file: frame.file, line: frame.line } };
      this.#count(said.at);
      // A line of braces says nothing by itself, also where a definition goes on behind it.
      if (/[^{}\s]/.test(said.text)) this.#report.read(said.at);
      if (first === null) first = said;
      else more.push(said);
    }
    if (first === null) return frame.line >= lines.length ? null : undefined;
    const file = first.text.startsWith('include') ? include.exec(first.text)?.[1] : undefined;
    if (file === undefined) return { first, more };
    this.#include(file.replaceAll(/^["']|["']$/g, ''), first.at);
    return undefined;
  }

  #include(path: string, at: Place): void {
    const reading = new Set(this.#frames.flatMap((frame) => (frame.kind === 'file' ? [frame.file] : [])));
    const meant = filesMeant(path, this.#names);
    const files = isPattern(path) ? meant.filter((file) => !reading.has(file)) : meant.slice(0, 1);
    if (files.length === 0) return this.#report.leftOut(at, 'includeNotGiven', { path });
    if (files.some((file) => reading.has(file))) throw this.#error('includeCycle', at, { path });
    this.#report.understood(at);
    for (const file of files.toReversed()) this.#open(file);
    return undefined;
  }

  #open(file: number): void {
    this.#opened += 1;
    if (this.#opened > INCLUDES_MAX) throw this.#error('tooMuch', { file, line: 0 }, { most: INCLUDES_MAX });
    this.#seen.add(file);
    this.#push({ kind: 'file', file, line: 0 }, { file, line: 0 });
  }

  #push(frame: Frame, at: Place): void {
    const depth = this.#frames.filter(({ kind }) => kind !== 'file').length;
    if (depth > DEPTH_MAX) throw this.#error('definitionLoop', at, { text: this.#report.linesOf(at.file)[at.line]?.trim().slice(0, 60) ?? '' });
    this.#frames.push(frame);
  }

  /** What a line comes to: nothing, other lines that are put in its place, or itself. */
  #meaning({ first, more }: Whole, take: (said: Said) => void): void {
    let { text } = first;
    for (let again = true; again;) {
      const met = this.#withoutCondition(text, first, more);
      if (met === null) return;
      text = met;
      const defined = text.startsWith('$') ? definition.exec(text) : null;
      if (defined !== null) return this.#define(defined[1] ?? '', { text: defined[2] ?? '', at: first.at }, more);
      if (text.startsWith('~')) return this.#repeat({ text, at: first.at });
      const whole = more.length === 0 ? text : [text, ...more.map((part) => part.text)].join(' ');
      for (const { at } of more) this.#report.understood(at);
      const expanded = this.#parameters.expand({ text: whole, at: first.at });
      const [only] = expanded;
      if (only === undefined) return;
      if (expanded.length > 1) {
        this.#report.understood(first.at);
        return this.#push({ kind: 'lines', lines: expanded, next: 0 }, first.at);
      }
      text = only.text.trim();
      again = text !== whole && /^[@~]/.test(text);
      if (!again && text !== '') take({ text, at: first.at });
      if (text === '') this.#report.understood(first.at);
    }
  }

  /** `@host …` and `@^host …`; null where it is not for this host. */
  #withoutCondition(text: string, first: Said, more: readonly Said[]): string | null {
    if (!text.startsWith('@')) return text;
    const condition = /^@(\^?)(\S+)\s*(.*)$/s.exec(text);
    if (condition === null) return text;
    const [, not, host = '', rest = ''] = condition;
    const inner = include.test(rest);
    if ((host === this.#configId) !== (not === '^') && !inner) return rest;
    for (const { at } of [first, ...more]) {
      if (inner) this.#report.leftOut(at, 'includeBehindCondition');
      else if (this.#configId === null) this.#report.leftOut(at, 'conditionUnknown', { host });
      else this.#report.leftOut(at, 'conditionNotMet', { condition: `@${not ?? ''}${host}`, host: this.#configId });
    }
    return null;
  }

  #define(name: string, first: Said, more: readonly Said[]): void {
    this.#report.understood(first.at);
    const lines = more.length > 0 && first.text.trim() === '' ? more : [first, ...more];
    this.#parameters.define(name, lines);
  }

  #repeat(said: Said): void {
    const head = inParentheses(said.text);
    const [inside] = head === null ? [] : this.#parameters.expand({ text: head.inside, at: said.at });
    const sequence = head === null || inside === undefined ? null : sequenceOf(`${said.text.slice(0, said.text.indexOf('(') + 1)}${inside.text}) ${head.rest}`);
    if (sequence === null) return this.#report.leftOut(said.at, 'sequenceInvalid');
    if (isTooLong(sequence)) throw this.#error('tooMuch', said.at, { most: LINES_MAX });
    this.#report.understood(said.at);
    return this.#push({ kind: 'sequence', sequence, at: said.at, round: 0 }, said.at);
  }

  #count(at: Place): void {
    this.#lines += 1;
    if (this.#lines > LINES_MAX) throw this.#error('tooMuch', at, { most: LINES_MAX });
  }

  #error(code: 'tooMuch' | 'includeCycle' | 'definitionLoop', at: Place, params: FormatError['params']): FormatError {
    return new FormatError(code, this.#report.nameOf(at.file), at.line + 1, params);
  }
}
