// The agent's door: TLS with pinned keys, bounds on everything a stranger can send, then tRPC.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { AgentFault, KeyHash } from '@weir/protocol';
import type { Logger } from 'pino';
import type { Daemon } from './api/daemon.ts';
import type { Clock } from './clock.ts';
import { foreseenFault } from './api/fault-shape.ts';
import { answerFault, answerUnexpected } from './api/refusal.ts';
import { ListenError, listenFailure } from './listen-error.ts';
import { agentRouter } from './router.ts';
import { turnedAway } from './trust/gate.ts';
import { keyHashOf } from './trust/identity.ts';
import type { Identity } from './trust/identity.ts';
import type { PanelBinding } from './trust/panel-binding.ts';
import { refusalLog } from './trust/refusal-log.ts';
import { Strangers } from './trust/strangers.ts';

/** A definition of 2,300 services with 37,000 real servers is about 10 MB. */
const LONGEST_REQUEST_BYTES = 32 * 1_048_576;
const LONGEST_ENROLMENT_BYTES = 16_384;
const CONNECTIONS = 64;
/** Of those, without the panel's key: a panel has 9 at most, and two may be on their way from one to the next. */
const STRANGERS = 32;
const CLOSE_GRACE_MS = 2_000;

const limits = {
  handshakeTimeout: 5_000,
  headersTimeout: 5_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  keepAlive: true,
  keepAliveInitialDelay: 10_000,
};

export interface ServerParts {
  readonly host: string;
  readonly port: number;
  readonly identity: Identity;
  readonly binding: PanelBinding;
  readonly daemon: Daemon;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface AgentServer {
  readonly port: number;
  /** Ends what was let in with another key than this one; null ends all. */
  dropOthers(panelKey: KeyHash | null): void;
  /** Ends the streams at once, gives other requests a moment, and then ends them too. */
  stop(): Promise<void>;
}

/** The key that the other end proved to have; null where it showed no certificate. */
function callerKeyOf(socket: Socket): KeyHash | null {
  if (!(socket instanceof TLSSocket)) return null;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : keyHashOf(certificate.publicKey);
}

/** Where the bound panel cannot be read nobody is: what is wrong is for a request to say. */
async function isPanel(socket: TLSSocket, binding: PanelBinding): Promise<boolean> {
  const panel = await binding.current().catch(() => null);
  return panel !== null && callerKeyOf(socket) === panel.keyHash;
}

function procedureOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?', 1)[0]?.slice(1) ?? '';
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Admission {
  readonly maxBodySize: number;
  readonly onRefusal: (fault: AgentFault, request: IncomingMessage, procedure: string | undefined) => void;
}

function trpcHandler({ daemon, log }: ServerParts, { maxBodySize, onRefusal }: Admission): Handler {
  return createHTTPHandler({
    router: agentRouter,
    allowBatching: false,
    maxBodySize,
    createContext: ({ req }) => ({ daemon, callerKey: callerKeyOf(req.socket) ?? '' }),
    onError: ({ error, path, req }) => {
      const fault = foreseenFault(error);
      if (fault === null) log.error({ err: error.cause ?? error, procedure: path }, 'a request failed');
      else onRefusal(fault, req, path);
    },
  });
}

function gatekeeper(parts: ServerParts, onPanel: (socket: Socket, key: KeyHash) => void): Handler {
  const logRefusal = refusalLog(parts.log, parts.clock);
  const forPanel = trpcHandler(parts, {
    maxBodySize: LONGEST_REQUEST_BYTES, onRefusal: (fault, _, procedure) => parts.log.info({ fault, procedure }, 'a request was refused'),
  });
  const forStranger = trpcHandler(parts, {
    maxBodySize: LONGEST_ENROLMENT_BYTES,
    onRefusal: (fault, { socket }) => logRefusal({ from: socket.remoteAddress, key: callerKeyOf(socket), fault: fault.code }),
  });
  const admit = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const procedure = procedureOf(request);
    const key = callerKeyOf(request.socket);
    const why = turnedAway({ key, procedure }, await parts.binding.current());
    if (why === null) {
      if (procedure !== 'enrol' && key !== null) onPanel(request.socket, key);
      (procedure === 'enrol' ? forStranger : forPanel)(request, response);
    } else {
      logRefusal({ from: request.socket.remoteAddress, key, fault: why });
      // A stranger keeps no place among the bounded connections.
      response.setHeader('connection', 'close');
      request.resume();
      answerFault(response, { code: why, params: {} });
    }
  };
  return (request, response) => {
    admit(request, response).catch((error: unknown) => {
      parts.log.error({ err: error }, 'a request failed');
      answerUnexpected(response);
    });
  };
}

/** Listens; resolves when the port is ours. */
export async function startServer(parts: ServerParts): Promise<AgentServer> {
  const { host, port, identity } = parts;
  const server = createServer({
    ...limits, key: identity.keyPem, cert: identity.certificatePem, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false,
  });
  server.maxConnections = CONNECTIONS;
  const panels = new Map<Socket, KeyHash>();
  const streams = new Set<Socket>();
  const strangers = new Strangers(STRANGERS);
  server.on('connection', (socket: Socket) => strangers.add(socket));
  server.on('secureConnection', (socket) => {
    socket.once('close', () => panels.delete(socket));
    void isPanel(socket, parts.binding).then((known) => known && strangers.remove(socket));
  });
  const handle = gatekeeper(parts, (socket, key) => { if (!socket.destroyed) panels.set(socket, key); });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (procedureOf(request) === 'stream') {
      streams.add(socket);
      response.once('close', () => streams.delete(socket));
    }
    handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(listenFailure(error, { host, port, option: '--listen' }), { cause: error })));
    server.listen({ host, port }, resolve);
  });
  server.on('error', (error) => parts.log.error({ err: error }, 'the server failed'));
  return {
    port: (server.address() as AddressInfo).port,
    dropOthers: (panelKey) => {
      for (const [socket, key] of panels) if (key !== panelKey) socket.destroy();
    },
    stop: () => new Promise((resolve) => {
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
      server.close(() => { clearTimeout(late); resolve(); });
      server.closeIdleConnections();
      for (const socket of streams) socket.destroy();
    }),
  };
}
