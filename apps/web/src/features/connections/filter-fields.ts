// What is looked for as the fields of a form: text.
import { ConnectionGrouping, IpAddress, IpNetwork } from '@weir/model';
import { z } from 'zod';
import { ConnectionsView } from '../../server/connections/filter.ts';

/** One client, or those of a network. */
const Client = z.string().transform((text, context) => {
  if (text.trim() === '') return {};
  const [client, network] = [IpAddress.safeParse(text), IpNetwork.safeParse(text)];
  if (client.success) return { client: client.data };
  if (network.success) return { network: network.data };
  context.addIssue({ code: 'custom', message: 'no client', params: { code: 'notAClient' } });
  return z.NEVER;
});

const Fields = z.object({
  client: Client, rip: z.string(), state: z.string(), protocol: z.string(), serviceId: z.string(), directorId: z.string(),
  groupBy: ConnectionsView.shape.groupBy.unwrap().or(z.literal('')),
});
export type FilterFields = z.input<typeof Fields>;

function asked(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

/** An empty field asks for nothing. */
export const FilterForm = Fields.transform(({ client, rip, state, protocol, serviceId, directorId, groupBy }): z.input<typeof ConnectionsView> => ({
  ...client, rip: asked(rip), state: asked(state), protocol: asked(protocol), serviceId: asked(serviceId), directorId: asked(directorId), groupBy: groupBy === '' ? undefined : groupBy,
})).pipe(ConnectionsView);

export function fieldsOf({ client, network, rip = '', state = '', protocol = '', serviceId = '', directorId = '', groupBy }: ConnectionsView): FilterFields {
  return { client: client ?? network ?? '', rip, state, protocol, serviceId, directorId, groupBy: groupBy ?? '' };
}

/** ip_vs_proto_tcp.c, ip_vs_proto_udp.c, and of templates. Those of SCTP are found by their counts. */
const usual = ['ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'SYNACK', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'UDP', 'NONE', 'ASSURED'];

export function statesWith(state: string | undefined): readonly string[] {
  return state === undefined || usual.includes(state) ? usual : [...usual, state];
}

/** Who the clients are is not for everyone. */
export function groupingsFor(withClients: boolean): readonly NonNullable<ConnectionsView['groupBy']>[] {
  const all = ConnectionsView.shape.groupBy.unwrap().options;
  return withClients ? all : all.filter((by) => by !== ConnectionGrouping.enum.client && by !== ConnectionGrouping.enum.network);
}
