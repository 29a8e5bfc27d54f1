import { expect, test } from 'vitest';
import { Connection } from './connection.ts';
import { resolveFamily } from './generic.ts';
import { acknowledgement, hex, reply } from './testing/messages.ts';
import { ScriptedTransport } from './testing/scripted-transport.ts';
import type { Answer } from './testing/scripted-transport.ts';

function resolving(answer: Answer): { transport: ScriptedTransport; resolve: () => unknown } {
  const transport = new ScriptedTransport(answer);
  const connection = new Connection(() => transport);
  return { transport, resolve: () => resolveFamily(connection, 'IPVS') };
}

test('asks the controller for a family and reads its number', () => {
  const { transport, resolve } = resolving(({ sequence }) => [
    // CTRL_CMD_NEWFAMILY; name, id 32, version 1, header size 0, six attributes.
    reply(16, sequence, hex('01020000 09000200 4950565300000000 06000100 20000000 08000300 01000000 08000400 00000000 08000500 06000000')),
    acknowledgement(sequence),
  ]);
  expect(resolve()).toEqual({ name: 'IPVS', id: 32 });
  expect(transport.sent[0]).toEqual(hex('20000000 1000 0500 01000000 00000000 03010000 09000200 4950565300000000'));
});

test('says that a family is not there, or was not answered', () => {
  expect(resolving(({ sequence }) => [acknowledgement(sequence, 2)]).resolve).toThrow('resolve family IPVS: ENOENT');
  expect(resolving(({ sequence }) => [acknowledgement(sequence)]).resolve).toThrow('was not answered');
  expect(resolving(({ sequence }) => [reply(16, sequence, hex(''))]).resolve).toThrow('has 0 bytes instead of 4');
});
