// Where a new connection would go: by persistence, by hash, by figures, or where nobody can tell.
import { endpointKey } from '@weir/model';
import type { ActualService, Next, Persistence, Scheduler, ServiceMatch } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { nextOf } from './next.ts';
import type { NextInput } from './next.ts';

const match: ServiceMatch = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 };
const persistence: Persistence = { timeoutSeconds: 300, prefixLength: 32, engine: null };

interface Server {
  readonly weight?: number;
  readonly active?: number;
  readonly upper?: number;
}

function service(scheduler: Scheduler, servers: readonly Server[], kept: Persistence | null = null): ActualService {
  return {
    address: match, settings: { scheduler, persistence: kept, onePacket: false }, foreign: false,
    realServers: servers.map(({ weight = 1, active = 0, upper = 0 }, at) => ({
      endpoint: { rip: `10.0.0.${20 + at}`, port: 80 }, settings: { method: { kind: 'nat' }, weight, thresholds: { upper, lower: 0 } },
      connections: { active, inactive: 0, persistent: null },
    })),
  };
}

function next(scheduler: Scheduler, servers: readonly Server[], changes: Partial<NextInput> & { readonly kept?: Persistence } = {}): Next {
  const { kept = null, ...rest } = changes;
  return nextOf({ service: service(scheduler, servers, kept), match, client: '192.168.8.100', clientPort: null, template: null, templates: 'all', definedWeight: () => 1, ...rest });
}

/** The last part of the address, and why. */
function said({ endpoint, code, doubts }: Next): string {
  return [endpoint === null ? '-' : endpointKey(endpoint).replace(/^10\.0\.0\.|:80$/g, ''), code, ...doubts].join(' ');
}

const sh = { name: 'sh', fallback: false, port: false } as const;
const mh = { name: 'mh', fallback: false, port: false } as const;

describe('a new connection', () => {
  it('goes to the one with the least, by its scheduler', () => {
    expect(said(next({ name: 'lc' }, [{ active: 4 }, { active: 3 }, { active: 9, weight: 100 }]))).toBe('21 leastConnections');
    expect(said(next({ name: 'wlc' }, [{ active: 4 }, { active: 3 }, { active: 9, weight: 100 }]))).toBe('22 leastConnections');
    expect(said(next({ name: 'sed' }, [{ active: 1, weight: 4 }, { weight: 1 }]))).toBe('20 shortestDelay');
    expect(said(next({ name: 'nq' }, [{ active: 1, weight: 4 }, { weight: 1 }]))).toBe('21 neverQueue');
    expect(said(next({ name: 'fo' }, [{ weight: 2 }, { weight: 3 }]))).toBe('21 highestWeight');
    expect(said(next({ name: 'ovf' }, [{ weight: 2 }, { weight: 3, active: 4 }]))).toBe('20 overflow');
  });

  it('goes where a hash leads, if that is known', () => {
    const servers = [{}, {}, {}];
    const clients = Array.from({ length: 50 }, (_, at) => `192.168.8.${at}`);
    for (const scheduler of [sh, mh]) {
      const to = clients.map((client) => said(next(scheduler, servers, { client })));
      expect(new Set(to)).toEqual(new Set(['20 sourceHash', '21 sourceHash', '22 sourceHash']));
      expect(clients.map((client) => said(next(scheduler, servers, { client })))).toEqual(to);
      expect(said(next({ ...scheduler, port: true }, servers))).toBe('- portNeeded');
      const byPort = Array.from({ length: 50 }, (_, port) => said(next({ ...scheduler, port: true }, servers, { clientPort: 40_000 + port })));
      expect(new Set(byPort).size).toBe(3);
    }
    expect(said(next({ name: 'dh' }, servers))).toMatch(/^2\d destinationHash$/);
    const two: ServiceMatch = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['10.0.0.1', '10.0.0.2'], ports: [] };
    expect(said(next({ name: 'dh' }, servers, { match: two }))).toBe('- vipNeeded');
  });

  it('goes nowhere where the hash leads to one that takes none, unless others are tried', () => {
    expect(said(next(sh, [{ upper: 1, active: 1 }]))).toBe('- nobody');
    const clients = Array.from({ length: 50 }, (_, at) => `192.168.8.${at}`);
    const servers = [{ weight: 0 }, {}];
    expect(new Set(clients.map((client) => said(next(sh, servers, { client }))))).toEqual(new Set(['- ownerUnavailable', '21 sourceHash']));
    expect(new Set(clients.map((client) => said(next({ ...sh, fallback: true }, servers, { client }))))).toEqual(new Set(['21 sourceHash']));
    expect(new Set(clients.map((client) => said(next({ ...mh, fallback: true }, servers, { client }))))).toEqual(new Set(['21 sourceHash lastWeight']));
  });

  it('goes to nobody knows whom in turn, but to the only one that takes any', () => {
    for (const name of ['rr', 'wrr'] as const) expect(said(next({ name }, [{}, {}]))).toBe('- turn');
    for (const name of ['lblc', 'lblcr'] as const) expect(said(next({ name }, [{}, {}]))).toBe('- locality');
    expect(said(next({ name: 'rr' }, [{ weight: 0 }, {}, { upper: 2, active: 2 }]))).toBe('21 only');
    expect(said(next({ name: 'rr' }, [{ weight: 0 }]))).toBe('- nobody');
    expect(said(next({ name: 'lc' }, []))).toBe('- nobody');
    for (const name of ['lblc', 'lblcr'] as const) expect(said(next({ name }, [{ weight: 0 }, {}]))).toBe('21 only');
    // One that is full is kept for whom lblc remembers it; lblcr takes another one.
    expect(said(next({ name: 'lblc' }, [{}, { upper: 2, active: 2 }]))).toBe('- locality');
    expect(said(next({ name: 'lblc' }, [{ weight: 0 }, { upper: 2, active: 2 }]))).toBe('- locality');
    expect(said(next({ name: 'lblcr' }, [{}, { upper: 2, active: 2 }]))).toBe('20 only');
  });

  it('goes where the client is remembered, before all else', () => {
    const template = { endpoint: { rip: '10.0.0.21', port: 80 }, expiresInMs: 1_000 };
    expect(said(next({ name: 'rr' }, [{}, {}], { kept: persistence, template }))).toBe('21 template');
    expect(said(next({ name: 'rr' }, [{}, { weight: 0 }], { kept: persistence, template }))).toBe('21 template templateAtZero');
    expect(said(next({ name: 'rr' }, [{}], { kept: persistence, template }))).toBe('20 only');
    expect(said(next({ name: 'rr' }, [{}, {}], { template }))).toBe('- turn');
    expect(said(next({ name: 'lc' }, [{}, {}], { kept: persistence }))).toBe('20 leastConnections');
    expect(said(next({ name: 'lc' }, [{}, {}], { kept: persistence, templates: 'sampled' }))).toBe('20 leastConnections sampled');
    expect(said(next({ name: 'lc' }, [{}, {}], { kept: persistence, templates: 'unseen' }))).toBe('- templatesUnseen');
    expect(said(next({ name: 'lc' }, [{}, {}], { kept: { ...persistence, engine: 'sip' } }))).toBe('- callId');
    // A template of a firewall mark keeps no port.
    expect(said(next({ name: 'rr' }, [{}, {}], { kept: persistence, template: { ...template, endpoint: { rip: '10.0.0.21', port: 0 } } }))).toBe('21 template');
    const [one, ...rest] = service({ name: 'rr' }, [{}, {}], persistence).realServers;
    if (one === undefined) throw new Error('there are two');
    const onOneHost = { ...service({ name: 'rr' }, [], persistence), realServers: [one, { ...one, endpoint: { ...one.endpoint, port: 81 } }, ...rest] };
    const to = (rip: string, port: number): string => said(next({ name: 'rr' }, [], { service: onOneHost, template: { ...template, endpoint: { rip, port } } }));
    expect([to('10.0.0.20', 0), to('10.0.0.20', 80), to('10.0.0.21', 0)]).toEqual(['- template', '20 template', '21 template']);
  });

  it('may find one closed that is between its thresholds', () => {
    expect(said(next({ name: 'lc' }, [{ active: 8, upper: 10 }, { active: 9 }]))).toBe('20 leastConnections betweenThresholds');
    expect(said(next({ name: 'lc' }, [{ active: 7, upper: 10 }, { active: 9 }]))).toBe('20 leastConnections');
    expect(said(next({ name: 'rr' }, [{ active: 8, upper: 10 }, { weight: 0 }]))).toBe('20 only betweenThresholds');
    expect(said(next({ name: 'lc' }, [{ active: 10, upper: 10 }, { active: 19 }]))).toBe('21 leastConnections');
  });
});
