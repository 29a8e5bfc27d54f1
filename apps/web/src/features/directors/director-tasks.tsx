'use client';
// What an administrator can do to a director, by how its link stands: the menu of a row and its windows.
import { Menu } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView, LinkState } from '../../server/gateway/director-view.ts';
import { ForgetDirector } from '../forgetting/forget-director.tsx';
import { EnrolAgain } from './enrol/enrol-again.tsx';
import { canEnrolAgain, canForget } from './enrol/known-director.ts';
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

export function DirectorTasks({ director: { name, link }, onTask }: { director: DirectorView; onTask: (task: Task) => void }) {
  const t = useTranslations('directors');
  const items = tasks.filter((task) => offered[task](link.state)).map((task) => ({ id: task, label: t(task), onChoose: () => onTask(task) }));
  return <Menu label={t('tasksFor', { name })} items={items} />;
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
