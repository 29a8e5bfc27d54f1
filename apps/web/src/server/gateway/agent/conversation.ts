// What one agent answers, parsed as the version of the protocol that it speaks says it, and given in today's shape.
import { answersOf } from '@weir/protocol';
import type { Answers, Hello } from '@weir/protocol';
import { z } from 'zod';
import { agentFailure, otherVersion } from './agent-failure.ts';

/** Asks, and gives the answer as it came. */
export type Call = (options: { signal: AbortSignal }) => Promise<unknown>;

/** What every version says in its hello: enough to tell which one it is. */
const AnyHello = z.looseObject({ version: z.int().min(0) });

export interface Conversation {
  /** What every version says alike. */
  readonly ask: <T>(schema: z.ZodType<T>, deadlineMs: number, call: Call) => Promise<T>;
  /** From a hello, however it was come by, it is known how the agent speaks. */
  readonly meet: (call?: Call) => Promise<{ readonly hello: Hello; readonly said: Answers }>;
  /** As the agent's version says it; `deadlineMs` once it is connected. */
  readonly answer: <T>(schemaOf: (said: Answers) => z.ZodType<T>, deadlineMs: number, call: Call) => Promise<T>;
}

export interface Other {
  /** As people call it now. */
  readonly name: string;
}

export interface Patience {
  readonly connectMs: number;
  readonly askMs: number;
}

export function createConversation(agent: Other, { connectMs, askMs }: Patience, sayHello: Call): Conversation {
  /** As the version of its last hello answers. */
  let answers: Answers | null = null;

  const ask: Conversation['ask'] = async (schema, deadlineMs, call) => {
    try {
      return schema.parse(await call({ signal: AbortSignal.timeout(deadlineMs) }));
    } catch (error) {
      throw agentFailure(agent.name, error);
    }
  };

  const meet: Conversation['meet'] = async (call = sayHello) => {
    const answer = await ask(AnyHello, connectMs + askMs, call);
    const said = answersOf(answer.version);
    answers = said;
    if (said === null) throw otherVersion(agent.name, answer.version);
    return { said, hello: await ask(said.hello, 0, () => Promise.resolve(answer)) };
  };

  return {
    ask,
    meet,
    answer: async (schemaOf, deadlineMs, call) => ask(schemaOf(answers ?? (await meet()).said), connectMs + deadlineMs, call),
  };
}
