// What a failed request says, whatever failed: a code with parameters that `errors.<code>` puts into words.
import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';

/** As the panel answers errors; a newer panel may say more. */
const Answer = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), reason: z.string() })).optional(),
});

export type Fault = z.infer<typeof Answer> & {
  /** The procedure that failed, where it is known. */
  readonly path?: string | undefined;
};

const ErrorData = z.object({ error: Answer, path: z.string().optional() });

/** The panel did not answer at all, or something between did in its place. */
const unreachable: Fault = { code: 'panelUnreachable', params: {} };

export function faultOf(error: unknown): Fault {
  if (!(error instanceof TRPCClientError)) return { code: 'unexpectedInBrowser', params: { message: String(error) } };
  const data = ErrorData.safeParse(error.data);
  return data.success ? { ...data.data.error, path: data.data.path } : unreachable;
}

/** The same from the answer of a plain request. */
export async function faultOfResponse(response: Response): Promise<Fault> {
  try {
    const body: unknown = await response.json();
    const parsed = z.union([Answer, z.object({ error: Answer }).transform(({ error }) => error)]).safeParse(body);
    return parsed.success ? parsed.data : unreachable;
  } catch {
    return unreachable;
  }
}

export function isFault(error: unknown, code: string): boolean {
  return error instanceof TRPCClientError && faultOf(error).code === code;
}
