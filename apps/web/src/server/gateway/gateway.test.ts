// Links to agents over real TLS: enrolment, the key, and what an agent can do wrong without harming the others.
import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatEnrolmentCode, OLDEST_AGENT_VERSION, parseEnrolmentCode, PROTOCOL_VERSION } from '@weir/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ann, bob, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { hang, helloOf, result, startFalseAgent } from '../testing/agents/false-agent.ts';
import type { Answering, FalseAgent } from '../testing/agents/false-agent.ts';

let server: TestServer;
let plane: TestPlane;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});

async function director(): Promise<TestDirector> {
  const started = await startDirector();
  ends.push(started.remove);
  return started;
}

async function falseAgent(answers: Record<string, Answering> = {}, port = 0): Promise<FalseAgent> {
  const started = await startFalseAgent(answers, port);
  ends.push(started.stop);
  return started;
}

const enrol = (code: string, name: string = randomUUID()) => plane.gateway.enrol(ann, { code, name });

describe('the panel\'s key', () => {
  it('is made once and readable by its user only', async () => {
    const file = path.join(plane.dataDir, 'panel-key.pem');
    const before = await readFile(file, 'utf8');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    plane = await plane.restarted();
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('that cannot be read stops the start with one sentence', async () => {
    const other = await startTestPlane(await server.createDatabase());
    await writeFile(path.join(other.dataDir, 'panel-key.pem'), 'nothing');
    await expect(other.restarted()).rejects.toThrow(/panel-key\.pem holds no key that can be read/);
  });
});

describe('enrolment', () => {
  it('binds the agent and writes director and audit entry', async () => {
    const agent = await director();
    const directorId = await enrolled(plane, agent, 'lvs-1');
    expect(plane.gateway.director(directorId)).toMatchObject({
      name: 'lvs-1', address: agent.address, keyHash: agent.keyHash, link: { state: 'connected', error: null },
      hello: { capabilities: { driver: 'proxy' } }, accepted: [], drift: 0,
    });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: directorId } })).toEqual([
      expect.objectContaining({ action: 'directors.enrol', actorName: 'Ann', outcome: 'done' }),
    ]);
  });

  it('outlives a restart of the panel', async () => {
    const directorId = await enrolled(plane, await director());
    plane = await plane.restarted();
    await expect.poll(() => plane.gateway.director(directorId)?.link.state, longWait).toBe('connected');
  });

  it.each(['', 'weir1-', 'weir1-AAAA', 'a sentence', 'x'.repeat(1_000)])('refuses "%s", which is no code', async (code) => {
    await expect(enrol(code)).rejects.toMatchObject({ code: 'notACode' });
  });

  it('takes a code with the line breaks of a terminal in it', async () => {
    const agent = await director();
    const code = await agent.code();
    await expect(enrol(` ${code.slice(0, 40)}\n${code.slice(40)}\n`)).resolves.toHaveProperty('directorId');
  });

  it('takes a name and an address only once, and leaves the agent free', async () => {
    const [first, second] = [await director(), await director()];
    await enrolled(plane, first, 'taken');
    const code = await second.code();
    await expect(enrol(code, 'taken')).rejects.toMatchObject({ code: 'directorNameTaken', params: { name: 'taken' } });
    await expect(enrol(await first.code({ reset: true }))).rejects.toMatchObject({ code: 'directorAddressTaken', params: { address: first.address, director: 'taken' } });
    await enrol(code);
  });

  it('does not make two directors of one agent that has two addresses', async () => {
    const agent = await director();
    const code = await agent.code();
    await enrol(code, 'one');
    const parts = parseEnrolmentCode(code);
    if (parts === null) throw new Error('no code');
    const other = formatEnrolmentCode({ ...parts, address: agent.address.replace('127.0.0.1', 'localhost') });
    await expect(enrol(other)).rejects.toMatchObject({ code: 'directorAddressTaken', params: { address: agent.address, director: 'one' } });
  });

  it('is done for one of two who use a code at once', async () => {
    const agent = await director();
    const code = await agent.code();
    const answers = await Promise.allSettled([enrol(code), enrol(code)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await plane.db.director.count({ where: { address: agent.address } })).toBe(1);
  });

  it('shows the secret to no other key', async () => {
    const stranger = await falseAgent();
    const code = formatEnrolmentCode({ address: stranger.address, keyHash: 'ab'.repeat(32), secret: '00'.repeat(16) });
    await expect(enrol(code)).rejects.toMatchObject({ code: 'directorKeyMismatch', params: { director: stranger.address } });
    expect(stranger.asked).toEqual([]);
  });

  it('says which of the agent\'s doors is closed', async () => {
    const agent = await director();
    const code = await agent.code();
    const parts = parseEnrolmentCode(code);
    if (parts === null) throw new Error('no code');
    const wrong = formatEnrolmentCode({ ...parts, secret: 'ff'.repeat(16) });
    for (let tries = 0; tries < 5; tries += 1) await expect(enrol(wrong)).rejects.toMatchObject({ code: 'enrolmentSecretWrong' });
    await expect(enrol(code)).rejects.toMatchObject({ code: 'enrolmentClosed' });
    await enrol(await agent.code());
    const other = await startTestPlane(await server.createDatabase());
    ends.push(other.close);
    await expect(other.gateway.enrol(ann, { code, name: 'x' })).rejects.toMatchObject({ code: 'alreadyEnrolled' });
  });

  it('with an agent that is silent, or answers garbage, leaves nothing but an audit entry', async () => {
    const agent = await director();
    const code = await agent.code();
    await agent.stop();
    await expect(enrol(code, 'silent')).rejects.toMatchObject({ code: 'directorSilent' });
    const hanging = await falseAgent({ enrol: hang });
    await expect(enrol(hanging.code, 'hanging')).rejects.toMatchObject({ code: 'directorSilent' });
    const garbage = await falseAgent({ enrol: (response) => response.end('<html>') });
    await expect(enrol(garbage.code, 'garbage')).rejects.toMatchObject({ code: 'directorAnswer' });
    const names = ['silent', 'hanging', 'garbage'];
    expect(await plane.db.director.count({ where: { name: { in: names } } })).toBe(0);
    const entries = await plane.db.auditEntry.findMany({ where: { action: 'directors.enrol', objectName: { in: names } }, orderBy: { id: 'asc' } });
    expect(entries.map(({ outcome, objectName, after }) => [outcome, objectName, after])).toEqual([
      ['failed', 'silent', { address: agent.address, reason: 'directorSilent' }],
      ['failed', 'hanging', { address: hanging.address, reason: 'directorSilent' }],
      ['failed', 'garbage', { address: garbage.address, reason: 'directorAnswer' }],
    ]);
  });

  it('can be repeated with the same code where the panel lost the answer', async () => {
    const agent = await director();
    const code = await agent.code();
    const { directorId } = await enrol(code);
    // As after a panel that was killed before it could commit.
    await plane.db.director.delete({ where: { id: directorId } });
    plane = await plane.restarted();
    const again = await enrol(code);
    await expect.poll(() => plane.gateway.director(again.directorId)?.link.state, longWait).toBe('connected');
  });

  it('uses the code in a file once, and is content with a director that is there already', async () => {
    const agent = await director();
    const file = path.join(plane.dataDir, 'code');
    await writeFile(file, `${await agent.code()}\n`);
    const other = await startTestPlane(await server.createDatabase(), { enrolCodeFile: file });
    await expect.poll(() => stat(file).then(() => 'there', () => 'gone'), longWait).toBe('gone');
    await writeFile(file, await agent.code({ reset: false }).catch(() => formatEnrolmentCode({ address: agent.address, keyHash: agent.keyHash, secret: '00'.repeat(16) })));
    const again = await other.restarted();
    ends.push(again.close);
    await expect.poll(() => stat(file).then(() => 'there', () => 'gone'), longWait).toBe('gone');
    expect(again.gateway.directors()).toHaveLength(1);
  });
});

describe('enrolment of a known director', () => {
  it('binds its agent anew after a reset', async () => {
    const agent = await director();
    const directorId = await enrolled(plane, agent, 'reset');
    const code = await agent.code({ reset: true });
    await linkIs(plane, directorId, 'refused');
    await plane.gateway.enrolAgain(ann, { directorId, code });
    await linkIs(plane, directorId, 'connected');
    expect(plane.gateway.director(directorId)).toMatchObject({ name: 'reset', address: agent.address, keyHash: agent.keyHash });
  });

  it('pins the new key and address of one that was installed anew, and writes down both', async () => {
    const [old, rebuilt] = [await director(), await director()];
    const directorId = await enrolled(plane, old, 'rebuilt');
    await old.stop();
    await linkIs(plane, directorId, 'silent');
    await plane.gateway.enrolAgain(bob, { directorId, code: await rebuilt.code() });
    await linkIs(plane, directorId, 'connected');
    expect(plane.gateway.director(directorId)).toMatchObject({ name: 'rebuilt', address: rebuilt.address, keyHash: rebuilt.keyHash });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: directorId, action: 'directors.enrolAgain' } })).toEqual([expect.objectContaining({
      actorName: 'Bob', objectName: 'rebuilt', outcome: 'done',
      before: { address: old.address, keyHash: old.keyHash }, after: { address: rebuilt.address, keyHash: rebuilt.keyHash },
    })]);
    // Nothing of the old pin is left: the old agent is a stranger from now on.
    plane = await plane.restarted();
    await linkIs(plane, directorId, 'connected');
  });

  it('is refused while it answers with its key, to agents of other directors, and for what is no code or no director', async () => {
    const [one, other, free] = [await director(), await director(), await director()];
    const [directorId, otherId] = [await enrolled(plane, one), await enrolled(plane, other, 'other')];
    const code = await free.code();
    await expect(plane.gateway.enrolAgain(ann, { directorId, code })).rejects.toMatchObject({ code: 'directorAnswers' });
    await one.stop();
    await linkIs(plane, directorId, 'silent');
    await expect(plane.gateway.enrolAgain(ann, { directorId, code: await other.code({ reset: true }) }))
      .rejects.toMatchObject({ code: 'directorAddressTaken', params: { director: 'other', directorId: otherId } });
    await expect(plane.gateway.enrolAgain(ann, { directorId, code: 'weir1-AAAA' })).rejects.toMatchObject({ code: 'notACode' });
    await expect(plane.gateway.enrolAgain(ann, { directorId: 'nobody', code })).rejects.toMatchObject({ code: 'noSuchDirector' });
  });

  it('that fails leaves the old pin, and says so in the audit log', async () => {
    const [agent, free] = [await director(), await director()];
    const directorId = await enrolled(plane, agent);
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    const code = await free.code();
    await free.stop();
    await expect(plane.gateway.enrolAgain(ann, { directorId, code })).rejects.toMatchObject({ code: 'directorSilent' });
    expect(await plane.db.auditEntry.findMany({ where: { objectId: directorId, action: 'directors.enrolAgain' } })).toMatchObject([{ outcome: 'failed', after: { reason: 'directorSilent' } }]);
    await agent.start();
    await linkIs(plane, directorId, 'connected');
    expect(plane.gateway.director(directorId)?.keyHash).toBe(agent.keyHash);
  });

  it('happens by itself for the code in the file, also with another key at the same address', async () => {
    const agent = await director();
    const file = path.join(plane.dataDir, 'code-again');
    await writeFile(file, await agent.code());
    const other = await startTestPlane(await server.createDatabase(), { enrolCodeFile: file });
    await expect.poll(() => stat(file).then(() => 'there', () => 'gone'), longWait).toBe('gone');
    const [before] = other.gateway.directors();
    await agent.stop();
    const rebuilt = await falseAgent({}, Number(agent.address.split(':')[1]));
    await writeFile(file, rebuilt.code);
    const again = await other.restarted();
    ends.push(again.close);
    await expect.poll(() => stat(file).then(() => 'there', () => 'gone'), longWait).toBe('gone');
    expect(again.gateway.directors()).toMatchObject([{ id: before?.id, address: agent.address, keyHash: rebuilt.keyHash }]);
  });
});

describe('a link', () => {
  it('says that a stopped agent is silent, and connects when it is back', async () => {
    const agent = await director();
    const directorId = await enrolled(plane, agent);
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    expect(plane.gateway.director(directorId)).toMatchObject({ link: { error: { code: 'directorSilent' } }, accepted: [] });
    expect(plane.gateway.director(directorId)?.link.lastSeenAt).toBeGreaterThan(Date.now() - 20_000);
    await agent.start();
    await linkIs(plane, directorId, 'connected');
  });

  it('tells an agent with another key from one that is silent', async () => {
    const agent = await director();
    const directorId = await enrolled(plane, agent);
    await agent.stop();
    const impostor = await startFalseAgent({}, Number(agent.address.split(':')[1]));
    ends.push(impostor.stop);
    await linkIs(plane, directorId, 'wrongKey');
    expect(impostor.asked).toEqual([]);
  });

  it('says when the agent obeys another panel', async () => {
    const agent = await director();
    const directorId = await enrolled(plane, agent);
    const other = await startTestPlane(await server.createDatabase());
    ends.push(other.close);
    await other.gateway.enrol(ann, { code: await agent.code({ reset: true }), name: 'mine now' });
    await linkIs(plane, directorId, 'refused');
    expect(plane.gateway.director(directorId)?.link.error).toMatchObject({ code: 'directorRefused', params: { fault: 'wrongKey' } });
  });

  it.each([[OLDEST_AGENT_VERSION - 1, 'agent'], [PROTOCOL_VERSION + 1, 'panel'], [99, 'panel']])('says when the agent speaks version %i, whatever else it says, and to update the %s', async (version, update) => {
    const agent = await falseAgent();
    agent.answers['hello'] = (response) => result(response, { version, new: 'shape' });
    const { directorId } = await enrol(agent.code);
    await linkIs(plane, directorId, 'versionMismatch');
    expect(plane.gateway.director(directorId)?.link.error).toMatchObject({ code: 'directorVersion', params: { panel: PROTOCOL_VERSION, oldest: OLDEST_AGENT_VERSION, agent: version, update } });
  });

  it.each<[string, string, Answering]>([
    ['hangs', 'directorSilent', hang],
    ['answers what is not JSON', 'directorAnswer', (response) => response.end('SSH-2.0-OpenSSH')],
    ['answers JSON of another kind', 'directorAnswer', (response) => response.end('[1]')],
    ['leaves fields out', 'directorAnswer', (response) => result(response, { version: PROTOCOL_VERSION })],
    ['says that it is another director', 'directorAnswer', (response) => result(response, helloOf('another'))],
    ['answers without end', 'directorSilent', (response) => {
      response.write('{');
    }],
    ['sends a redirect', 'directorSilent', (response) => response.writeHead(302, { location: 'https://127.0.0.1:1/' }).end()],
  ])('of an agent that %s gives %s and tries again', async (_, code, hello) => {
    const agent = await falseAgent();
    agent.answers['hello'] = hello;
    const { directorId } = await enrol(agent.code);
    await expect.poll(() => plane.gateway.director(directorId)?.link.error?.code, longWait).toBe(code);
    delete agent.answers['hello'];
    await linkIs(plane, directorId, 'connected');
  });

  it.each<[string, string]>([
    ['what is not JSON', 'data: {\n\n'],
    ['an event of another kind', 'data: {"kind":"weather"}\n\n'],
    ['a tick with negative numbers', 'data: {"kind":"tick","bootId":"b","sequence":-1,"measuredAtMs":1,"services":[]}\n\n'],
    ['more events than anybody needs', 'data: {"kind":"tick","bootId":"b","sequence":1,"measuredAtMs":1,"services":[]}\n\n'.repeat(1_000)],
    ['an event without end', `data: ${'x'.repeat(1_000_000)}`.repeat(30)],
  ])('is dropped when the stream brings %s, while others go on', async (_, text) => {
    const good = await enrolled(plane, await director());
    const agent = await falseAgent();
    let streams = 0;
    agent.answers['stream'] = (response) => {
      streams += 1;
      response.setHeader('content-type', 'text/event-stream');
      response.write(`event: connected\ndata: {}\n\n${text}`);
    };
    const { directorId } = await enrol(agent.code);
    await expect.poll(() => plane.gateway.director(directorId)?.link.error?.code, longWait).toBe('directorAnswer');
    await expect.poll(() => streams, longWait).toBeGreaterThan(1);
    expect(plane.gateway.director(good)?.link.state).toBe('connected');
  });
});
