// Health checks in the short words of a configuration, the same in every language. What is secret is not in them.
import { formatEndpoint, isSecretHeader, type Expected, type HealthCheck, type Probe, type ProbeTls, type ServiceHealth, type SorryServer } from '@weir/model';
import { methodText } from './setting-changes.ts';

/** Stands for what nobody is shown. */
const hidden = '•••';

type Words = readonly (string | false)[];

function joined(words: Words): string {
  return words.filter((word) => word !== false && word !== '').join(' ');
}

/** What is asked: "http GET / 200–299". */
export function probeText(probe: Probe): string {
  switch (probe.type) {
    case 'http': return httpText(probe);
    case 'tls': return joined(['tls', tlsText(probe.tls)]);
    case 'exchange': return joined([probe.transport, probe.send !== null && `send ${JSON.stringify(probe.send)}`, probe.expect !== null && expectedText(probe.expect)]);
    case 'dns': return joined(['dns', probe.transport, probe.name, probe.record, probe.answer !== null && `= ${probe.answer}`]);
    case 'agent': return joined(['agent-check', probe.path ?? '']);
    case 'script': return joined([`checks.d/${probe.file}`, ...probe.arguments.map((argument) => JSON.stringify(argument))]);
    case 'tcp':
    case 'icmp':
    case 'path': return probe.type;
  }
}

function httpText({ method, path, host, headers, statuses, body, tls }: Extract<Probe, { type: 'http' }>): string {
  return joined([
    tls === null ? 'http' : 'https', method, path, statusesText(statuses), host !== null && `host ${host}`,
    ...headers.map((header) => `${header.name}: ${isSecretHeader(header) ? hidden : header.value}`), body !== null && expectedText(body), tls !== null && tlsText(tls),
  ]);
}

export function statusesText(statuses: readonly { readonly from: number; readonly to: number }[]): string {
  return statuses.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

function expectedText(expected: Expected): string {
  switch (expected.kind) {
    case 'text': return `expect ${JSON.stringify(expected.text)}`;
    case 'pattern': return `expect /${expected.pattern}/`;
    case 'sha256': return `expect sha256 ${expected.hash}`;
  }
}

function tlsText({ name, verify, endsAfterDays, clientCertificate }: ProbeTls): string {
  return joined([
    name !== null && `name ${name}`, verify ? 'verify' : 'no-verify', endsAfterDays !== null && `ends > ${endsAfterDays} d`,
    clientCertificate !== null && `certificate ${clientCertificate}`,
  ]);
}

export function secondsText(ms: number): string {
  return `${ms / 1_000} s`;
}

export function checkText({ probe, port, source, intervalMs, changingIntervalMs, timeoutMs, rise, fall }: HealthCheck): string {
  const every = changingIntervalMs === null ? secondsText(intervalMs) : `${secondsText(intervalMs)} (${secondsText(changingIntervalMs)})`;
  return joined([
    probeText(probe), port !== null && `port ${port}`, source !== null && `from ${source}`,
    `interval ${every} timeout ${secondsText(timeoutMs)} rise ${rise} fall ${fall}`,
  ]);
}

/** What an answer does. */
export function reactionText({ first, whenDown, slowStartSeconds, quorum, belowQuorum, sorry, flapping }: ServiceHealth): string {
  return joined([
    `first ${first}`, whenDown === 'remove' ? 'remove' : 'weight 0', slowStartSeconds > 0 && `slow-start ${slowStartSeconds} s`,
    `quorum ${quorum.up}${quorum.hysteresis > 0 ? ` (+${quorum.hysteresis})` : ''} ${belowQuorum}`, sorry !== null && sorryText(sorry),
    flapping !== null && `flapping ${flapping.changes} in ${flapping.withinSeconds} s hold ${flapping.holdSeconds} s`,
  ]);
}

function sorryText({ name, rip, port, method }: SorryServer): string {
  return joined(['sorry', name, formatEndpoint(rip, port), methodText(method)]);
}
