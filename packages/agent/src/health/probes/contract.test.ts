import { Try } from '@weir/model';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openProbes } from './open.ts';
import type { Answer, Probes } from './probes.ts';
import { authority, subjects } from './testing/subjects.ts';
import type { SubjectName } from './testing/subjects.ts';
import { authorityFile } from './testing/certificates.ts';
import { forms } from './testing/ill-server.ts';
import type { Form } from './testing/ill-server.ts';

/** What comes of each form: `good`, or the word of a failure. */
const WANTED: Readonly<Record<SubjectName, Readonly<Record<Form, string>>>> = {
  tcp: { good: 'good', wrong: 'good', slow: 'good', dripping: 'good', hanging: 'good', reset: 'good', closing: 'good', garbage: 'good', flooding: 'good' },
  http: { good: 'good', wrong: 'wrongStatus', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'badAnswer', flooding: 'tooMuchReceived' },
  https: { good: 'good', wrong: 'wrongStatus', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'badAnswer', flooding: 'tooMuchReceived' },
  tls: { good: 'good', wrong: 'certificateName', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'tlsFailed', flooding: 'tlsFailed' },
  'exchange, asked': { good: 'good', wrong: 'wrongAnswer', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'wrongAnswer', flooding: 'tooMuchReceived' },
  'exchange, a greeting': { good: 'good', wrong: 'wrongAnswer', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'wrongAnswer', flooding: 'tooMuchReceived' },
  'dns by TCP': { good: 'good', wrong: 'wrongAnswer', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'badAnswer', flooding: 'tooMuchReceived' },
  agent: { good: 'good', wrong: 'saysDown', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'badAnswer', flooding: 'tooMuchReceived' },
  'agent by HTTP': { good: 'good', wrong: 'saysDown', slow: 'good', dripping: 'dripping', hanging: 'nothingReceived', reset: 'reset', closing: 'closed', garbage: 'badAnswer', flooding: 'tooMuchReceived' },
};

/** Decided by the end of the time, not by what comes: it is asked again where a busy machine did not even get that far. */
const LATE: ReadonlySet<string> = new Set(['dripping', 'nothingReceived', 'wrongAnswer']);
const PATIENT_MS = 20_000;
const SHORT_MS = 600;

async function open(): Promise<Probes> {
  const probes = await openProbes({ checksFolder: '/nowhere', certificatesFolder: '/nowhere', authorities: [await authorityFile(await authority())] });
  onTestFinished(() => probes.close());
  return probes;
}

const wordOf = ({ result }: Answer): string => (result.kind === 'good' ? 'good' : result.failure);

beforeAll(() => authority());

describe.each(Object.keys(subjects) as SubjectName[])('%s', (name) => {
  it.each(forms)('says of a server that is %s what it is', async (form) => {
    const [{ probe, start }, probes, wanted] = [subjects[name], await open(), WANTED[name][form]];
    const { open: connections, ...at } = await start(form);
    const ask = async (): Promise<string> => {
      const answer = await probes.run(probe, { ...at, source: null, path: null }, LATE.has(wanted) ? SHORT_MS : PATIENT_MS);
      // What is told of it is a try that may go over the wire.
      Try.parse({ ...answer, checkId: 'check', startedAtMs: 0, tookMs: 0 });
      return wordOf(answer);
    };
    await expect.poll(ask, { timeout: PATIENT_MS, interval: 50 }).toBe(wanted);
    await expect.poll(connections, { timeout: PATIENT_MS }).toBe(0);
  }, 60_000);
});
