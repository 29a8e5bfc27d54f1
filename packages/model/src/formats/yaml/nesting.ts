// A parser of YAML calls itself for each level: how deep a text goes is looked at before it is parsed.
import { DEPTH_MAX } from '../bounds.ts';
import type { SourceText } from '../bounds.ts';
import { FormatError } from '../error.ts';

// A definition's own depth is 7; each level of YAML is at least one blank, and a dash needs another.
const INDENT_MAX = DEPTH_MAX * 4;

// The largest definition that fits in the text has a tenth of them.
const PARTS_MAX = 1_000_000;

/** Brackets in quotes count too: names with that many of them are none. */
export function checkNesting({ name, text }: SourceText): void {
  let open = 0;
  let number = 0;
  let parts = 0;
  for (const line of text.split('\n')) {
    number += 1;
    const indent = /^[\s\-?]*/.exec(line)?.[0].length ?? 0;
    const brackets = line.match(/[[\]{}]/g) ?? [];
    parts += brackets.length + (indent > 0 ? 1 : 0);
    if (parts > PARTS_MAX) throw new FormatError('tooMuch', name, number, { most: PARTS_MAX });
    for (const bracket of brackets) {
      open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1));
      if (open > INDENT_MAX) throw new FormatError('tooDeep', name, number, { most: DEPTH_MAX });
    }
    if (indent > INDENT_MAX && indent < line.length) throw new FormatError('tooDeep', name, number, { most: DEPTH_MAX });
  }
}
