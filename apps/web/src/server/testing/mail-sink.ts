// A mail server for tests: real SMTP on loopback, answering as the test says.
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

export interface MailSink {
  readonly port: number;
  readonly received: { readonly to: readonly string[]; readonly raw: string }[];
  /** Of an address that mail is for: an answer's number and text, or null where it is taken. */
  refuse: (address: string) => { readonly status: number; readonly text: string } | null;
  /** Takes a message and never says so. */
  hang: boolean;
  readonly close: () => Promise<void>;
}

interface SinkOptions {
  readonly login?: { readonly user: string; readonly password: string };
  /** With a certificate that nobody trusts. */
  readonly secure?: boolean;
}

export async function startMailSink({ login, secure = false }: SinkOptions = {}): Promise<MailSink> {
  const received: { to: string[]; raw: string }[] = [];
  const server = new SMTPServer({
    secure, authOptional: login === undefined, disabledCommands: login === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'], allowInsecureAuth: true, disableReverseLookup: true,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === login?.user && password === login?.password) callback(null, { user: username });
      else callback(Object.assign(new Error('who are you'), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _session, callback) => {
      const refused = sink.refuse(address);
      callback(refused === null ? null : Object.assign(new Error(refused.text), { responseCode: refused.status }));
    },
    onData: (stream, { envelope: { rcptTo } }, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push({ to: rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString() });
        if (!sink.hang) callback(null);
      });
    },
  });
  // A client that leaves in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const sink: MailSink = {
    port: (server.server.address() as AddressInfo).port, received, refuse: () => null, hang: false,
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); }),
  };
  return sink;
}
