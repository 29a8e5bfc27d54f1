// Blocks in blocks, from lines. Braces that are missing, or too many, are said and mended where the next words show how.
import { DEPTH_MAX } from '../../bounds.ts';
import { FormatError } from '../../error.ts';
import type { Place, Report } from '../../report.ts';
import type { Said } from './said.ts';
import { wordsOf } from './words.ts';

export interface Block {
  readonly at: Place;
  /** The first is its keyword. */
  readonly words: readonly string[];
  /** Null: a statement without braces. */
  children: Block[] | null;
}

/** They stand in no other block: one before them was not closed. */
const outermost = new Set(['virtual_server', 'virtual_server_group', 'vrrp_instance', 'vrrp_sync_group', 'vrrp_script', 'global_defs']);

class TreeBuilder {
  readonly root: Block[] = [];
  readonly #report: Report;
  readonly #open: Block[] = [];
  #last: Block | null = null;

  constructor(report: Report) {
    this.#report = report;
  }

  line({ text, at }: Said): void {
    const { words, quoted, glued } = wordsOf(text);
    if (glued) this.#report.approximated(at, 'braceWithoutSpace', { text: text.slice(0, 60) });
    let statement: string[] = [];
    for (const [index, word] of words.entries()) {
      const brace = !quoted.has(index) && (word === '{' || word === '}');
      if (!brace) statement.push(word);
      else {
        this.#statement(statement, at);
        statement = [];
        if (word === '{') this.#enter(at);
        else this.#leave(at);
      }
    }
    this.#statement(statement, at);
  }

  end(): void {
    this.#closeTo(0);
  }

  #statement(words: readonly string[], at: Place): void {
    const [keyword] = words;
    if (keyword === undefined) return;
    if (outermost.has(keyword)) this.#closeTo(0);
    if (keyword === 'real_server') {
      const inside = this.#open.findIndex((block) => block.words[0] === 'real_server');
      if (inside !== -1) this.#closeTo(inside);
    }
    this.#last = { at, words, children: null };
    this.#siblings().push(this.#last);
  }

  #siblings(): Block[] {
    return this.#open.at(-1)?.children ?? this.root;
  }

  #enter(at: Place): void {
    if (this.#open.length >= DEPTH_MAX) throw new FormatError('tooDeep', this.#report.nameOf(at.file), at.line + 1, { most: DEPTH_MAX });
    let block = this.#last;
    if (block === null || block.children !== null) {
      this.#report.leftOut(at, 'blockWithoutName');
      block = { at, words: [''], children: null };
      this.#siblings().push(block);
    }
    block.children = [];
    this.#open.push(block);
    this.#last = null;
  }

  #leave(at: Place): void {
    if (this.#open.pop() === undefined) this.#report.leftOut(at, 'braceExtra');
    this.#last = null;
  }

  /** Closes what was left open. */
  #closeTo(depth: number): void {
    for (const { at, words } of this.#open.splice(depth)) this.#report.approximated(at, 'braceMissing', { block: words[0] ?? '' });
    this.#last = null;
  }
}

export function treeOf(read: (take: (said: Said) => void) => void, report: Report): readonly Block[] {
  const builder = new TreeBuilder(report);
  read((said) => builder.line(said));
  builder.end();
  return builder.root;
}

/** Every block and statement in it, itself first. */
export function* withAll(block: Block): Generator<Block> {
  const left = [block];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    yield next;
    if (next.children !== null) left.push(...next.children.toReversed());
  }
}
