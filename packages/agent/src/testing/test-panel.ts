// A panel for tests: a key of its own, and a client that talks to exactly one agent key.
import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { TRPCClientError, createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import { AgentFault, PROTOCOL_VERSION, parseEnrolmentCode } from '@weir/protocol';
import type { Hello, KeyHash, StreamEvent } from '@weir/protocol';
import { EventSource } from 'eventsource';
import { Agent, buildConnector, fetch } from 'undici';
import type { AgentRouter } from '../router.ts';
import { certificateOf, keyHashOf } from '../trust/identity.ts';

export const DIRECTOR = 'director-1';

export interface Stream {
  readonly events: StreamEvent[];
  readonly errors: unknown[];
  close(): void;
}

export class TestPanel {
  readonly keyHash: KeyHash;
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly dispatcher: Agent;
  readonly #streams = new Set<Stream>();

  private constructor(key: KeyObject | null, certificate: string, agentKey: () => KeyHash | null) {
    this.privateKeyPem = key?.export({ type: 'pkcs8', format: 'pem' }).toString() ?? '';
    this.certificatePem = certificate;
    this.keyHash = certificate === '' ? '' : keyHashOf(new X509Certificate(certificate).publicKey);
    const connect = buildConnector({
      rejectUnauthorized: false, maxCachedSessions: 0, timeout: 60_000,
      ...(key !== null && { key: this.privateKeyPem, cert: certificate }),
    });
    this.dispatcher = new Agent({
      connect: (options, callback) => connect(options, (error, socket) => {
        if (error !== null || socket === null) return callback(error ?? new Error('no socket'), null);
        const found = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
        const pinned = agentKey();
        if (pinned === null || (found !== undefined && keyHashOf(found.publicKey) === pinned)) return callback(null, socket);
        socket.destroy();
        return callback(new Error('the key of the agent does not match'), null);
      }),
    });
  }

  static async make(agentKey: () => KeyHash | null = () => null): Promise<TestPanel> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new TestPanel(privateKey, await certificateOf(privateKey), agentKey);
  }

  static anonymous(): TestPanel {
    return new TestPanel(null, '', () => null);
  }

  client(address: string): TRPCClient<AgentRouter> {
    const { dispatcher } = this;
    const url = `https://${address}`;
    const pinnedFetch = (input: string | URL, init?: object): ReturnType<typeof fetch> => fetch(input, { ...init, dispatcher });
    return createTRPCClient<AgentRouter>({
      links: [splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, EventSource, eventSourceOptions: () => ({ fetch: pinnedFetch }) }),
        false: httpLink({ url, fetch: pinnedFetch as never }),
      })],
    });
  }

  enrol(code: string, directorId = DIRECTOR): Promise<Hello> {
    const parsed = parseEnrolmentCode(code);
    if (parsed === null) throw new Error('not a code');
    return this.client(parsed.address).enrol.mutate({
      version: PROTOCOL_VERSION, secret: parsed.secret, directorId, panelName: 'a panel in a test',
    });
  }

  stream(address: string): Stream {
    const events: StreamEvent[] = [];
    const errors: unknown[] = [];
    const subscription = this.client(address).stream.subscribe(undefined, {
      onData: ({ data }) => events.push(data), onError: (error) => errors.push(error),
    });
    const stream = { events, errors, close: () => subscription.unsubscribe() };
    this.#streams.add(stream);
    return stream;
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.close();
    await this.dispatcher.destroy();
  }
}

/** The fault that a call was refused with. */
export async function faultOf(call: Promise<unknown>): Promise<AgentFault> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) {
      const { fault } = (error as TRPCClientError<AgentRouter>).data ?? {};
      return AgentFault.parse(fault);
    }
    throw error;
  }
  throw new Error('the call was not refused');
}

