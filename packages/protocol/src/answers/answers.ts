// What agents answer, by the version that they speak: the one place where an older answer becomes today's.
import { ConnectionList, Followed } from '@weir/model';
import type { z } from 'zod';
import { ApplyOutput, ApplyStatus, PlanOutput } from '../change.ts';
import { ConfirmAnswer } from '../confirm.ts';
import { ActualReading, DirectorState, Hello } from '../director.ts';
import { HealthEvidence } from '../health.ts';
import { JournalAnswer, JournalCommitted } from '../history/journal.ts';
import { Inspection } from '../inspect.ts';
import { RecentAnswer } from '../history/recent.ts';
import { StreamEvent } from '../tick.ts';
import { ConnectionList2, DirectorState2, Hello2, StreamEvent2 } from './version-2.ts';

/** Each takes an answer as it was said and gives it in today's shape; what that version does not say is null. */
export interface Answers {
  readonly hello: z.ZodType<Hello>;
  readonly state: z.ZodType<DirectorState>;
  readonly actual: z.ZodType<ActualReading>;
  readonly plan: z.ZodType<PlanOutput>;
  readonly apply: z.ZodType<ApplyOutput>;
  readonly applyStatus: z.ZodType<ApplyStatus>;
  readonly connections: z.ZodType<ConnectionList>;
  readonly event: z.ZodType<StreamEvent>;
  readonly inspection: z.ZodType<Inspection>;
  readonly confirm: z.ZodType<ConfirmAnswer>;
  /** Version 2 has no such answers, from here on, and is not asked. */
  readonly evidence: z.ZodType<HealthEvidence>;
  readonly followed: z.ZodType<Followed>;
  readonly journal: z.ZodType<JournalAnswer>;
  readonly journalCommitted: z.ZodType<JournalCommitted>;
  readonly recent: z.ZodType<RecentAnswer>;
}

const today: Answers = {
  hello: Hello, state: DirectorState, actual: ActualReading, plan: PlanOutput, apply: ApplyOutput, applyStatus: ApplyStatus,
  connections: ConnectionList, event: StreamEvent, inspection: Inspection, confirm: ConfirmAnswer, evidence: HealthEvidence, followed: Followed,
  journal: JournalAnswer, journalCommitted: JournalCommitted, recent: RecentAnswer,
};

const byVersion: ReadonlyMap<number, Answers> = new Map([
  [2, { ...today, hello: Hello2, state: DirectorState2, connections: ConnectionList2, event: StreamEvent2 }],
  [3, today],
]);

/** Null where this panel does not speak that version. */
export function answersOf(version: number): Answers | null {
  return byVersion.get(version) ?? null;
}
