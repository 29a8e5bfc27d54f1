// Talks to a running lab through its control socket, and parses what it says.
import { request } from 'node:http';
import { z } from 'zod';
import { endpointSchema } from './address.ts';
import { loadOrderSchema, type LoadOrder } from './load.ts';

const counter = z.string().regex(/^\d+$/).transform(BigInt);

const serversAnswer = z.object({
  servers: z.array(
    z.object({
      name: z.string(),
      protocol: z.enum(['http', 'tcp-echo', 'udp-echo']),
      endpoint: endpointSchema,
      counts: z.object({
        connections: counter.nullable(),
        activeConnections: z.number().nullable(),
        requests: counter.nullable(),
        bytesIn: counter,
        bytesOut: counter,
      }),
    }),
  ),
});

const loadAnswer = z.object({
  on: z.boolean(),
  plan: loadOrderSchema.nullable(),
  startedAt: z.coerce.date().nullable(),
  endsAt: z.coerce.date().nullable(),
  activeConnections: z.number(),
  counts: z.object({ started: counter, succeeded: counter, failed: counter, skipped: counter, bytesReceived: counter }),
  lastFailure: z.object({ at: z.coerce.date(), reason: z.string() }).nullable(),
});

const refusalAnswer = z.object({ error: z.object({ code: z.string(), message: z.string(), field: z.string().nullable() }) });

export type SampleServerReport = z.infer<typeof serversAnswer>['servers'][number];
export type LoadReport = z.infer<typeof loadAnswer>;

/** The lab said no; `field` names the part of the order that it did not take. */
export class LabRefusal extends Error {
  override readonly name = 'LabRefusal';
  readonly code: string;
  readonly field: string | null;

  constructor({ code, message, field }: z.infer<typeof refusalAnswer>['error']) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

export interface LabClient {
  servers(): Promise<SampleServerReport[]>;
  load(): Promise<LoadReport>;
  /** What is left out gets the lab's default. */
  orderLoad(order: z.input<typeof loadOrderSchema> | LoadOrder): Promise<LoadReport>;
}

export function connectLab(socketPath: string, deadlineMs = 5000): LabClient {
  const ask = async <T>(schema: z.ZodType<T>, method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> => {
    const answer = await exchange({ socketPath, method, path, deadlineMs }, body);
    const refusal = refusalAnswer.safeParse(answer);
    if (refusal.success) throw new LabRefusal(refusal.data.error);
    return schema.parse(answer);
  };
  return {
    servers: async () => (await ask(serversAnswer, 'GET', '/servers')).servers,
    load: () => ask(loadAnswer, 'GET', '/load'),
    orderLoad: (order) => ask(loadAnswer, 'PUT', '/load', order),
  };
}

interface Exchange {
  readonly socketPath: string;
  readonly method: string;
  readonly path: string;
  readonly deadlineMs: number;
}

function exchange({ deadlineMs, ...target }: Exchange, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ ...target, agent: false, signal: AbortSignal.timeout(deadlineMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    call.once('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
