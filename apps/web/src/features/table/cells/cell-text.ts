// What stands in a cell, as it is typed.
import { vipsOf, type ClusterDefinition, type RealServer, type VirtualService } from '@weir/model';
import type { TableRow } from '../rows.ts';
import type { ColumnId } from './columns.ts';

/** Empty where nothing stands there yet, or the row has no such cell. Of what is chosen it is the value. */
export function cellText(row: TableRow, column: ColumnId, vips: ClusterDefinition['vips']): string {
  return (row.kind === 'service' ? ofService[column]?.(row.service, vips) : ofRealServer[column]?.(row.realServer)) ?? '';
}

const ofService: Partial<Record<ColumnId, (service: VirtualService, vips: ClusterDefinition['vips']) => string>> = {
  name: ({ name }) => name,
  address: ({ match }) => vipsOf(match).join(', '),
  port: ({ match }) => (match.kind === 'mark' ? match.ports.map(numberText).join(', ') : numberText(match.port)),
  protocol: ({ match }) => match.protocol,
  scheduler: ({ scheduler }) => scheduler.name,
  holder: ({ match }, vips) => holderOf(vipsOf(match), vips),
};

const ofRealServer: Partial<Record<ColumnId, (realServer: RealServer) => string>> = {
  name: ({ name }) => name,
  address: ({ rip }) => rip,
  port: ({ port }) => numberText(port),
  weight: ({ weight }) => numberText(weight),
  method: ({ method }) => method.kind,
  upper: ({ thresholds }) => numberText(thresholds.upper),
  lower: ({ thresholds }) => numberText(thresholds.lower),
};

function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

/** Of several VIPs the one who holds them all. */
function holderOf(addresses: readonly string[], vips: ClusterDefinition['vips']): string {
  const holders = new Set(addresses.map((address) => vips.find((vip) => vip.address === address)?.holder ?? ''));
  const [holder = ''] = holders;
  return holders.size === 1 ? holder : '';
}
