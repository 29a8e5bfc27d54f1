// Reads a definition that Weir wrote as YAML, also after a person changed it.
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { ClusterDefinition } from '../../definition/definition.ts';
import { checkBounds } from '../bounds.ts';
import type { SourceText } from '../bounds.ts';
import { FormatError } from '../error.ts';
import type { Imported } from '../imported.ts';
import { Report } from '../report.ts';
import { checkNesting } from './nesting.ts';

type Path = z.core.$ZodIssue['path'];

function parsed({ name, text }: SourceText, listener?: (line: number, value: unknown) => void): unknown {
  const starts: number[] = [];
  try {
    return load(text, {
      schema: CORE_SCHEMA,
      ...(listener && {
        listener: (event, state) => {
          if (event === 'open') starts.push(state.line);
          else listener((starts.pop() ?? 0) + 1, state.result);
        },
      }),
    });
  } catch (error) {
    if (error instanceof YAMLException) throw new FormatError('notYaml', name, error.mark.line + 1, { reason: error.reason });
    throw error;
  }
}

/** The same object twice: an alias. Reading it as often as it is named could take for ever. */
function checkAliases(file: string, value: unknown): void {
  const seen = new Set<object>();
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (seen.has(next)) throw new FormatError('aliases', file, null);
    seen.add(next);
    for (const inner of Object.values(next)) left.push(inner);
  }
}

/** The line of the innermost object on the way to what does not fit; read again, for nobody asks of a text that fits. */
function lineOf(file: SourceText, path: Path): number | null {
  const lines = new Map<object, number>();
  let value = parsed(file, (line, result) => {
    if (typeof result === 'object' && result !== null && !lines.has(result)) lines.set(result, line);
  });
  let line: number | null = null;
  // The listener has objects of the second reading; the path leads through those.
  for (const step of [undefined, ...path]) {
    if (step !== undefined) value = typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === String(step))?.[1] : undefined;
    if (typeof value === 'object' && value !== null) line = lines.get(value) ?? line;
  }
  return line;
}

function understoodLines(files: readonly SourceText[]): Report {
  const report = new Report(files, { wholeObjects: false });
  for (const [line, text] of report.linesOf(0).entries()) {
    if (!/^\s*(?:#|$)/.test(text)) report.understood({ file: 0, line });
  }
  return report;
}

export function importYaml(files: readonly SourceText[]): Imported {
  checkBounds(files);
  const [file] = files;
  if (file === undefined) throw new FormatError('nothingGiven', '', null);
  checkNesting(file);
  const value = parsed(file);
  checkAliases(file.name, value);
  const checked = ClusterDefinition.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new FormatError('notADefinition', file.name, issue === undefined ? null : lineOf(file, issue.path), { path: issue?.path.join('.') || '.', reason: issue?.message ?? '' });
  }
  return { definition: checked.data, report: understoodLines([file]).lines(), hints: [], unused: files.slice(1).map(({ name }) => name) };
}
