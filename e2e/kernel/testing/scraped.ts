// What a director tells Prometheus of its services, in the columns that ipvsadm prints of its counters.
import type { Director } from '@weir/agent/testing/director';
import { formatEndpoint } from '@weir/model';
import type { PrintedService } from './counters.ts';

type Metrics = Awaited<ReturnType<Director['metrics']>>;
type Labels = Readonly<Record<string, string>>;

/** ipvsadm prints 0 for what is not seen. */
function valueOf(metrics: Metrics, family: string, labels: Labels): string {
  const sample = metrics.get(family)?.samples.find(({ labels: has }) => Object.entries(labels).every(([name, value]) => has[name] === value));
  return String(sample?.value ?? 0);
}

function columnsOf(metrics: Metrics, prefix: string, labels: Labels): string[] {
  const directed = ['packets', 'bytes'].flatMap((family) => ['in', 'out'].map((direction) => valueOf(metrics, `${prefix}_${family}`, { ...labels, direction })));
  return [valueOf(metrics, `${prefix}_connections`, labels), ...directed];
}

function serviceName({ protocol = '', vip = '', port = '' }: Labels): string {
  return `${protocol.toUpperCase()} ${formatEndpoint(vip, Number(port))}`;
}

export function scrapedServices(metrics: Metrics): PrintedService[] {
  const realServers = metrics.get('weir_real_server_connections')?.samples ?? [];
  return (metrics.get('weir_service_connections')?.samples ?? []).map(({ labels }) => ({
    name: serviceName(labels), columns: columnsOf(metrics, 'weir_service', labels),
    realServers: realServers.filter(({ labels: of }) => serviceName(of) === serviceName(labels)).map(({ labels: of }) => (
      { name: formatEndpoint(of.rip ?? '', Number(of.rport)), columns: columnsOf(metrics, 'weir_real_server', of) })),
  }));
}
