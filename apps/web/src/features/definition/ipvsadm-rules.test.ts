// A definition in the words of ipvsadm.
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { expect, test } from 'vitest';
import { ipvsadmRules } from './ipvsadm-rules.ts';

const tutorial = tutorialCluster('d1');
const byDr: ClusterDefinition = {
  ...tutorial,
  services: tutorial.services.map((service) => ({
    ...service, persistence: { timeoutSeconds: 300, prefixLength: 24, engine: null },
    realServers: service.realServers.map((realServer) => ({ ...realServer, method: { kind: 'dr' as const } })),
  })),
};

test('each rule is a line that ipvsadm reads back', () => {
  expect(ipvsadmRules(byDr, 'd1')).toEqual({
    lines: ['-A -t 127.0.8.200:8080 -s rr -p 300 -M 255.255.255.0', '-a -t 127.0.8.200:8080 -r 127.0.8.20:8080 -g -w 1', '-a -t 127.0.8.200:8080 -r 127.0.8.30:8080 -g -w 1'],
    unsayable: [],
  });
});

test('what ipvsadm has no words for stands apart, and nothing is left out', () => {
  const { lines, unsayable } = ipvsadmRules(tutorial, 'd1');
  expect(lines).toEqual(['-A -t 127.0.8.200:8080 -s rr']);
  expect(unsayable).toMatchObject([{ kind: 'addRealServer' }, { kind: 'addRealServer' }]);
});

test('a director that is not of the cluster forwards nothing of it', () => expect(ipvsadmRules(byDr, 'd2')).toEqual({ lines: [], unsayable: [] }));
