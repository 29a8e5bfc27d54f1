// The filter as the fields of a form: text.
import { z } from 'zod';
import { ConnectionsFilter } from '../../server/connections/filter.ts';

const Fields = z.object({ client: z.string(), rip: z.string(), state: z.string(), serviceId: z.string(), directorId: z.string() });
export type FilterFields = z.infer<typeof Fields>;

function asked(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

/** An empty field asks for nothing. */
export const FilterForm = Fields.transform(({ client, rip, state, serviceId, directorId }): z.input<typeof ConnectionsFilter> => ({
  client: asked(client), rip: asked(rip), state: asked(state), serviceId: asked(serviceId), directorId: asked(directorId),
})).pipe(ConnectionsFilter);

export function fieldsOf({ client = '', rip = '', state = '', serviceId = '', directorId = '' }: ConnectionsFilter): FilterFields {
  return { client, rip, state, serviceId, directorId };
}

/** ip_vs_proto_tcp.c, ip_vs_proto_udp.c, and of templates. Those of SCTP are found by their counts. */
const usual = ['ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'SYNACK', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'UDP', 'NONE', 'ASSURED'];

export function statesWith(state: string | undefined): readonly string[] {
  return state === undefined || usual.includes(state) ? usual : [...usual, state];
}
