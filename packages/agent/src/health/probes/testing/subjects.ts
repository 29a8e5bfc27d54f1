// One of each kind of probe, with a server of its kind that can be ill in every form.
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Expected, Probe, ProbeTls } from '@weir/model';
import { makeAuthority } from './certificates.ts';
import type { Authority } from './certificates.ts';
import { dnsReply, framed } from './dns-reply.ts';
import { illServer, listening, SLOW_MS, speak } from './ill-server.ts';
import type { Form, Talk } from './ill-server.ts';

type At = Awaited<ReturnType<typeof listening>>;

export interface Subject {
  readonly probe: Probe;
  readonly start: (form: Form) => Promise<At>;
}

const TEXT = (text: string): Expected => ({ kind: 'text', text });
export const TLS: ProbeTls = { name: 'shop.example', verify: true, endsAfterDays: 10, clientCertificate: null };
export const HTTP: Extract<Probe, { type: 'http' }> = {
  type: 'http', method: 'GET', path: '/health', host: 'shop.example', headers: [], statuses: [{ from: 200, to: 299 }], body: TEXT('all is well'), tls: null,
};

let made: Promise<Authority> | null = null;
export function authority(): Promise<Authority> {
  return made ??= makeAuthority();
}

const isHttpAsked = (received: Buffer): boolean => received.includes('\r\n\r\n');
const http = (status: string, body: string): Buffer => Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);

const httpTalk: Talk = {
  asked: isHttpAsked, ends: true,
  good: () => http('200 OK', 'all is well'),
  wrong: () => http('503 Service Unavailable', 'all is well'),
  flood: { begin: Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'), again: Buffer.alloc(8_192, 'x') },
};

const redisTalk: Talk = {
  asked: (received) => received.includes('PING\r\n'), ends: false,
  good: () => Buffer.from('+PONG\r\n'), wrong: () => Buffer.from('-LOADING\r\n'),
  flood: { begin: Buffer.from('+'), again: Buffer.alloc(8_192, 'x') },
};

const smtpTalk: Talk = {
  asked: null, ends: false,
  good: () => Buffer.from('220 mail.example ESMTP\r\n'), wrong: () => Buffer.from('554 no\r\n'),
  flood: { begin: Buffer.from('2'), again: Buffer.alloc(8_192, 'x') },
};

const dnsTalk: Talk = {
  asked: (received) => received.length > 2 && received.length >= 2 + received.readUInt16BE(), ends: false,
  good: (asked) => framed(dnsReply(asked.subarray(2), ['192.0.2.7'])), wrong: (asked) => framed(dnsReply(asked.subarray(2), [], 3)),
  flood: { begin: Buffer.from([0xff, 0xff]), again: Buffer.alloc(8_192) },
};

const agentTalk: Talk = {
  asked: null, ends: false,
  good: () => Buffer.from('up 75%\n'), wrong: () => Buffer.from('down # disk is full\n'),
  flood: { begin: Buffer.from('u'), again: Buffer.alloc(8_192, 'x') },
};

const agentHttpTalk: Talk = { ...httpTalk, good: () => http('200 OK', '75%\n'), wrong: () => http('200 OK', 'stopped\n') };

function overTcp(probe: Probe, talk: Talk): Subject {
  return { probe, start: (form) => illServer(form, talk) };
}

const https: Subject = {
  probe: { ...HTTP, tls: TLS },
  async start(form) {
    const certificate = await (await authority()).issue({ names: ['shop.example'] });
    const inside = createTlsServer(certificate, (socket) => speak(socket, form, httpTalk));
    inside.on('tlsClientError', () => undefined);
    // A reset takes the connection under it.
    return listening(createServer((socket) => {
      if (form === 'reset') speak(socket, form, { ...httpTalk, asked: (received) => received.length > 300 });
      else inside.emit('connection', socket);
    }));
  },
};

/** The beginning of a ServerHello that would be long. */
const helloFlood = { begin: Buffer.from([0x16, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xfb, 3, 3]), again: Buffer.alloc(8_192) };
const ill: Talk = { asked: (received) => received.length > 0, ends: false, good: () => Buffer.alloc(0), wrong: () => Buffer.alloc(0), flood: helloFlood };

const tls: Subject = {
  probe: { type: 'tls', tls: TLS },
  async start(form) {
    if (form !== 'good' && form !== 'wrong' && form !== 'slow') return illServer(form, ill);
    const inside = createTlsServer(await (await authority()).issue({ names: [form === 'wrong' ? 'other.example' : 'shop.example'] }));
    inside.on('tlsClientError', () => undefined);
    return listening(createServer({ pauseOnConnect: true }, (socket) => {
      const timer = setTimeout(() => inside.emit('connection', socket), form === 'slow' ? SLOW_MS : 0);
      socket.once('close', () => clearTimeout(timer));
    }));
  },
};

export const subjects = {
  tcp: overTcp({ type: 'tcp' }, redisTalk),
  http: overTcp(HTTP, httpTalk),
  https,
  tls,
  'exchange, asked': overTcp({ type: 'exchange', transport: 'tcp', send: String.raw`PING\r\n`, expect: { kind: 'pattern', pattern: '^\\+PONG' } }, redisTalk),
  'exchange, a greeting': overTcp({ type: 'exchange', transport: 'tcp', send: null, expect: TEXT('220 ') }, smtpTalk),
  'dns by TCP': overTcp({ type: 'dns', transport: 'tcp', name: 'shop.example', record: 'A', answer: '192.0.2.7' }, dnsTalk),
  agent: overTcp({ type: 'agent', path: null }, agentTalk),
  'agent by HTTP': overTcp({ type: 'agent', path: '/weight' }, agentHttpTalk),
} as const satisfies Record<string, Subject>;
export type SubjectName = keyof typeof subjects;
