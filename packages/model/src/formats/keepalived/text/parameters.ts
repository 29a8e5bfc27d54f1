// `$NAME=text` and `${NAME}`: text that is put in where it is named, one line or several.
import { CHARACTERS_MAX, DEPTH_MAX, LINES_MAX } from '../../bounds.ts';
import { FormatError } from '../../error.ts';
import type { Place, Report } from '../../report.ts';
import type { Said } from './said.ts';

const use = /\$\{([A-Za-z_]\w*)((?:\s[^{}]*)?)\}|\$([A-Za-z_]\w*)/g;

export class Parameters {
  readonly #report: Report;
  readonly #values = new Map<string, readonly Said[]>();
  #putIn = 0;
  #lines = 0;

  constructor(report: Report, instance: string | null) {
    this.#report = report;
    if (instance !== null) this.set('_INSTANCE', instance);
    this.set('_HASH', '#');
    this.set('_BANG', '!');
  }

  define(name: string, value: readonly Said[]): void {
    this.#values.set(name, value);
  }

  set(name: string, text: string): void {
    this.#values.set(name, [{ text, at: { file: -1, line: 0 } }]);
  }

  /** The line with everything put in; more than one where a value has several: those are to be read from the beginning. */
  expand(said: Said): readonly Said[] {
    let [now, depth] = [said, 0];
    while (now.text.includes('$')) {
      const lines = this.#onePass(now);
      const [only] = lines;
      if (only === undefined || lines.length > 1) return lines;
      if (only.text === now.text) return [now];
      depth += 1;
      if (depth > DEPTH_MAX) throw this.#error('definitionLoop', said.at, { text: said.text.trim().slice(0, 60) });
      now = only;
    }
    return [now];
  }

  /** Puts in each value as it was written. */
  #onePass({ text, at }: Said): Said[] {
    const lines: Said[] = [];
    let [current, place, end] = ['', at, 0];
    for (const match of text.matchAll(use)) {
      current += text.slice(end, match.index);
      end = match.index + match[0].length;
      const value = this.#valueOf(match[1] ?? match[3] ?? '', at);
      this.#count(at, (value ?? []).length, value?.reduce((sum, line) => sum + line.text.length, 1) ?? 1);
      if (value === null) current += match[0];
      else if (value.length === 1) current += value[0]?.text ?? '';
      else {
        for (const [index, line] of value.entries()) {
          if (index > 0) lines.push({ text: current, at: place });
          place = index === 0 && current.trim() !== '' ? place : line.at;
          current = index === 0 ? current + line.text : line.text;
        }
      }
    }
    const rest = text.slice(end);
    return [...lines, { text: current + rest, at: place }];
  }

  #valueOf(name: string, at: Place): readonly Said[] | null {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    if (name === '_PWD') return [{ text: this.#report.nameOf(at.file).replace(/\/?[^/]*$/, '') || '.', at }];
    this.#report.finding(at, name.startsWith('_') ? 'parameterPredefined' : 'parameterUnknown', { name });
    return null;
  }

  #count(at: Place, lines: number, characters: number): void {
    this.#lines += lines;
    this.#putIn += characters;
    if (this.#lines > LINES_MAX || this.#putIn > CHARACTERS_MAX) throw this.#error('tooMuch', at, { most: LINES_MAX });
  }

  #error(code: 'definitionLoop' | 'tooMuch', at: Place, params: FormatError['params']): FormatError {
    return new FormatError(code, this.#report.nameOf(at.file), at.line + 1, params);
  }
}
