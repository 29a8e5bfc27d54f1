// The dashboard for Grafana and the alerting rules for Prometheus, against what a real agent tells: every metric and label that they ask for is there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import type { Sample } from '@weir/model';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { enrolledAgent, temporaryFolder } from '../testing/bench.ts';
import { applied, cluster } from '../testing/cluster.ts';
import { parseExposition } from '../testing/exposition-parser.ts';
import type { ParsedFamily } from '../testing/exposition-parser.ts';

const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });
const Target = z.looseObject({ refId: z.string().regex(/^[A-Z]$/), datasource, expr: z.string().min(1), legendFormat: z.string(), range: z.boolean(), instant: z.boolean() });
const GridPos = z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }).refine(({ x, w }) => x + w <= 24);
const Panel = z.looseObject({
  id: z.int().min(1), type: z.enum(['row', 'table', 'timeseries', 'state-timeline']), title: z.string().min(1), gridPos: GridPos,
  targets: z.array(Target).min(1).optional(), datasource: datasource.optional(),
}).refine(({ type, targets, datasource: from }) => (type === 'row') === (targets === undefined) && (type === 'row') === (from === undefined));
const Variable = z.looseObject({ name: z.string(), type: z.enum(['datasource', 'query']), datasource: datasource.optional(), definition: z.string().optional() });
const Dashboard = z.looseObject({
  // Null: Grafana gives it one when it takes the file in.
  id: z.null(), uid: z.string().regex(/^[\w-]{1,40}$/), title: z.string().min(1), schemaVersion: z.int().min(36), version: z.int(),
  panels: z.array(Panel).min(1), templating: z.strictObject({ list: z.array(Variable) }), time: z.strictObject({ from: z.string(), to: z.string() }),
});

const dashboard = Dashboard.parse(JSON.parse(await readFile(new URL('../../archive/grafana/weir.json', import.meta.url), 'utf8')));

const Rule = z.strictObject({
  alert: z.string().regex(/^Weir[A-Za-z]+$/), expr: z.string().min(1), for: z.string().regex(/^\d+[sm]$/),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }), annotations: z.strictObject({ summary: z.string().min(1) }),
});
const Rules = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Rule).min(1) })).length(1) });

const rules = Rules.parse(load(await readFile(new URL('../../archive/prometheus/weir.rules.yml', import.meta.url), 'utf8'))).groups.flatMap((group) => group.rules);

interface Query {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

/** With Grafana's own words put in as Grafana does. Throws where it is no PromQL. */
function queryOf(expression: string): Query {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(text.slice(from, to));
      if (name === 'LabelName') labels.push(text.slice(from, to));
    },
  });
  return { metrics, labels };
}

const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

const variables = dashboard.templating.list.flatMap(({ definition }) => {
  if (definition === undefined) return [];
  const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
  if (selector === undefined || label === undefined) throw new Error(`no query for values: ${definition}`);
  return [{ ...queryOf(selector), label }];
});

/** What Prometheus itself adds to all that it scrapes. */
const ofTarget = ['instance', 'job'];

/** Counts as the kernel does, with what the proxy has no figures for. */
function countingAll(inner: Forwarder): Forwarder {
  const counters = { connections: 5n, packetsIn: 40n, packetsOut: 30n, bytesIn: 4_000n, bytesOut: 9_000n };
  const sample = async (): Promise<Sample> => {
    const { measuredAtMs, services } = await inner.sample();
    return { measuredAtMs, services: services.map((service) => ({ ...service, counters, realServers: service.realServers.map((one) => ({ ...one, counters })) })) };
  };
  return {
    capabilities: inner.capabilities, sample, read: () => inner.read(), service: (address) => inner.service(address), apply: (operations, options) => inner.apply(operations, options),
    connections: (limit, choice) => inner.connections(limit, choice), kernel: () => inner.kernel(), zero: (service) => inner.zero(service), close: () => inner.close(),
  };
}

async function scraped(): Promise<ReadonlyMap<string, ParsedFamily>> {
  const tokenFile = join(await temporaryFolder(), 'token');
  const { agent, client } = await enrolledAgent({
    openForwarder: () => Promise.resolve(countingAll(new ProxyForwarder({ closeDeadlineMs: 500 }))), metrics: { host: '127.0.0.1', port: 0, tokenFile },
  });
  const definition = cluster();
  const health = {
    checks: [{ id: 'tcp', probe: { type: 'tcp' as const }, port: null, source: null, intervalMs: 200, changingIntervalMs: null, timeoutMs: 500, rise: 1, fall: 1 }],
    first: 'up' as const, whenDown: 'weightZero' as const, slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn' as const, sorry: null, flapping: null,
  };
  await applied(client, { clusterId: 'c-1', revision: 1, definition: { ...definition, services: definition.services.map((service) => ({ ...service, health })) } });
  const headers = { authorization: `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}` };
  const get = async (): Promise<ReadonlyMap<string, ParsedFamily>> => (
    parseExposition(await (await fetch(`http://127.0.0.1:${agent.metricsPort}/metrics`, { headers })).text(), false));
  // Nobody listens on the real servers: their checks decide that they are down.
  await expect.poll(async () => (await get()).get('weir_real_server_up')?.samples.length, { timeout: 20_000 }).toBe(2);
  return get();
}

describe('the dashboard for Grafana', () => {
  it('has panels of its own, that stand beside one another', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    for (const { targets = [] } of dashboard.panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  });

  it('chooses the source, directors, clusters and services by variables, and each panel goes by those it has', () => {
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([['datasource', 'datasource'], ['director', 'query'], ['cluster', 'query'], ['service', 'query']]);
    const known = new Set([...dashboard.templating.list.map(({ name }) => name), '__rate_interval']);
    for (const expr of expressions) {
      for (const [, name = ''] of expr.matchAll(/\$(\w+)/g)) expect(known).toContain(name);
      expect(expr).toContain('instance=~"$director"');
    }
  });

  it('names lines by labels that its expressions leave', () => {
    const lost = dashboard.panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr, legendFormat }) => {
      const [, kept] = /^(?:sum|max) by \(([^)]+)\)/.exec(expr) ?? [];
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      return kept === undefined ? [] : shown.filter((label) => !kept.split(', ').includes(label)).map((label) => `${expr}: ${label}`);
    }));
    expect(lost).toEqual([]);
  });
});

describe('the alerting rules', () => {
  it('have names of their own, and say what their expressions leave', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    const lost = rules.flatMap(({ alert, expr, annotations: { summary } }) => {
      const [, kept] = /^sum by \(([^)]+)\)/.exec(expr) ?? [];
      return kept === undefined ? [] : [...summary.matchAll(/\$labels\.(\w+)/g)].filter(([, label = '']) => !kept.split(', ').includes(label)).map(([label]) => `${alert}: ${label}`);
    });
    expect(lost).toEqual([]);
  });
});

it('dashboard and rules ask only for metrics and labels that an agent tells', { timeout: 60_000 }, async () => {
  const families = await scraped();
  // An agent that leaves its host alone tells of no VIP.
  const without: Readonly<Record<string, readonly string[]>> = { weir_vip_held: ['cluster', 'vip'] };
  // Prometheus' own, of each target.
  const isThere = (name: string): boolean => name === 'up' || (families.has(name) && (families.get(name)?.samples.length !== 0 || name in without));
  const labelsThere = (name: string): readonly string[] => without[name] ?? Object.keys(families.get(name)?.samples[0]?.labels ?? {});
  const asked = [
    ...expressions.map(queryOf), ...variables.map(({ metrics, labels, label }) => ({ metrics, labels: [...labels, label] })),
    ...rules.map(({ expr, annotations: { summary } }) => {
      const { metrics, labels } = queryOf(expr);
      return { metrics, labels: [...labels, ...[...summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label)] };
    }),
  ];
  expect(asked.filter(({ metrics }) => metrics.length === 0)).toEqual([]);
  const missing = asked.flatMap(({ metrics, labels }) => {
    const there = new Set([...ofTarget, ...metrics.flatMap(labelsThere)]);
    return [...metrics.filter((name) => !isThere(name)), ...labels.filter((label) => !there.has(label)).map((label) => `${metrics.join(' ')}: ${label}`)];
  });
  expect(missing).toEqual([]);
});
