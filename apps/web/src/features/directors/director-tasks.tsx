'use client';
// What an administrator can do to a director, by how its link stands: a row's buttons and their windows.
import { Button } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView, LinkState } from '../../server/gateway/director-view.ts';
import { ForgetDirector } from '../forgetting/forget-director.tsx';
import { EnrolAgain } from './enrol-again.tsx';
import { canEnrolAgain, canForget } from './known-director.ts';
import { RemoveDirector } from './remove-director.tsx';
import { RenameDirector } from './rename-director.tsx';

const tasks = ['rename', 'enrolAgain', 'remove', 'forget'] as const;
type Task = (typeof tasks)[number];

const offered: Record<Task, (state: LinkState) => boolean> = {
  rename: () => true,
  enrolAgain: canEnrolAgain,
  remove: (state) => state === 'connected',
  forget: canForget,
};

const words = {
  rename: ['rename', 'renameFor'], enrolAgain: ['enrolAgain', 'enrolAgainFor'], remove: ['remove', 'removeFor'], forget: ['forget', 'forgetFor'],
} as const;

export function DirectorTasks({ director: { name, link }, onTask }: { director: DirectorView; onTask: (task: Task) => void }) {
  const t = useTranslations('directors');
  return (
    <span className="inline-flex gap-1">
      {tasks.filter((task) => offered[task](link.state)).map((task) => {
        const [word, full] = words[task];
        return <Button key={task} variant="quiet" className="h-7" aria-label={t(full, { name })} onClick={() => onTask(task)}>{t(word)}</Button>;
      })}
    </span>
  );
}

export interface DoneTask {
  readonly task: Task;
  readonly director: DirectorView;
}

const dialogs = { rename: RenameDirector, enrolAgain: EnrolAgain, remove: RemoveDirector, forget: ForgetDirector };

export function DirectorTaskDialog({ task, director, onClose }: DoneTask & { onClose: () => void }) {
  const TaskDialog = dialogs[task];
  return <TaskDialog director={director} onClose={onClose} />;
}
