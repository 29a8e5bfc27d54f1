// The report of an import: for each line that says something, what became of it.
import { SHOWN_MAX } from './bounds.ts';
import type { SourceText } from './bounds.ts';
import type { FormatParams } from './error.ts';
import type { NoteCode } from './notes.ts';

export const reportOutcomes = ['understood', 'approximated', 'leftOut'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** `understood` with a note: taken as it stands, and yet something is to be said about it. */
export interface Note {
  readonly outcome: ReportOutcome;
  readonly code: NoteCode;
  readonly params: FormatParams;
}

export interface ReportLine {
  readonly file: string;
  /** 1 is the first. */
  readonly line: number;
  readonly text: string;
  /** The worst of its notes. */
  readonly outcome: ReportOutcome;
  readonly notes: readonly Note[];
}

/** A line of a file: `line` 0 is the first. */
export interface Place {
  readonly file: number;
  readonly line: number;
}

/** A word of a file, and where it stands. */
export interface Word {
  readonly text: string;
  readonly at: Place;
}

// A line that a sequence repeats can have a different note each time.
const NOTES_MAX = 5;

/** What is known of a line: nothing was read there, it was read and nobody took it yet, then the outcomes. */
const NOTHING = 0;
const READ = 1;
const none: readonly Note[] = [];
const notTaken: readonly Note[] = [{ outcome: 'leftOut', code: 'notTaken', params: {} }];
const rankOf: Readonly<Record<ReportOutcome, number>> = { understood: 2, approximated: 3, leftOut: 4 };

interface Source {
  readonly name: string;
  readonly lines: readonly string[];
  readonly ranks: Uint8Array;
  /** By line; most lines have none. */
  readonly notes: (Note[] | undefined)[];
}

export class Report {
  readonly #sources: readonly Source[];
  readonly #dropped: ReportOutcome;

  /** `wholeObjects`: a line says a whole object, so that a dropped word of it makes it approximated. */
  constructor(files: readonly SourceText[], { wholeObjects }: { readonly wholeObjects: boolean }) {
    this.#sources = files.map(({ name, text }) => {
      const lines = text.split('\n');
      return { name, lines, ranks: new Uint8Array(lines.length), notes: [] };
    });
    this.#dropped = wholeObjects ? 'approximated' : 'leftOut';
  }

  linesOf(file: number): readonly string[] {
    return this.#sources[file]?.lines ?? [];
  }

  nameOf(file: number): string {
    return this.#sources[file]?.name ?? '';
  }

  /** Something stands here: unless somebody takes it, the report says that it was left out. */
  read(at: Place): void {
    this.#raise(at, READ);
  }

  understood(at: Place): void {
    this.#raise(at, rankOf.understood);
  }

  note(at: Place, outcome: ReportOutcome, code: NoteCode, params: FormatParams = {}): void {
    this.#raise(at, rankOf[outcome]);
    const notes = this.#sources[at.file]?.notes;
    if (notes === undefined) return;
    const here = notes[at.line];
    if (here === undefined) notes[at.line] = [{ outcome, code, params }];
    else if (here.length < NOTES_MAX && !here.some((note) => note.code === code && sameParams(note.params, params))) here.push({ outcome, code, params });
  }

  approximated(at: Place, code: NoteCode, params: FormatParams = {}): void {
    this.note(at, 'approximated', code, params);
  }

  leftOut(at: Place, code: NoteCode, params: FormatParams = {}): void {
    this.note(at, 'leftOut', code, params);
  }

  /** A word was left out; the rest of its line may have been taken. */
  dropped(at: Place, code: NoteCode, params: FormatParams = {}): void {
    this.note(at, this.#dropped, code, params);
  }

  /** Taken as it stands, though it is wrong or does not do what it seems to. */
  finding(at: Place, code: NoteCode, params: FormatParams = {}): void {
    this.note(at, 'understood', code, params);
  }

  lines(): ReportLine[] {
    const reported: ReportLine[] = [];
    for (const { name, lines, ranks, notes } of this.#sources) {
      for (const [index, rank] of ranks.entries()) {
        if (rank === NOTHING) continue;
        const text = (lines[index] ?? '').trim().slice(0, SHOWN_MAX);
        const outcome = rank === READ ? 'leftOut' : reportOutcomes[rank - rankOf.understood] ?? 'leftOut';
        reported.push({ file: name, line: index + 1, text, outcome, notes: rank === READ ? notTaken : notes[index] ?? none });
      }
    }
    return reported;
  }

  #raise({ file, line }: Place, rank: number): void {
    const ranks = this.#sources[file]?.ranks;
    if (ranks !== undefined && rank > (ranks[line] ?? rank)) ranks[line] = rank;
  }
}

function sameParams(a: FormatParams, b: FormatParams): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
