'use client';
// A director's plan as a script: one command a line, and what no command says as a comment.
import { commandOf } from '@weir/model';
import type { DirectorPlan } from '../../../server/changes/change-view.ts';
import { useOperationText } from '../../words/use-operation-text.ts';

export function usePlanCommands(): (director: Pick<DirectorPlan, 'name' | 'plan'>) => string {
  const text = useOperationText();
  return ({ name, plan }) => {
    const lines = (plan?.operations ?? []).map(({ operation }) => commandOf(operation) ?? `# ${text(operation)}`);
    return `# ${name}\n${lines.map((line) => `${line}\n`).join('')}`;
  };
}
