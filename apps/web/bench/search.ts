// How much of the processor a search takes over 2,277 services with 37,205 real servers: the first makes the index. Prints a table.
// node --import tsx apps/web/bench/search.ts
import { SearchInput } from '../src/search/found.ts';
import type { KnownRevision } from '../src/server/clusters/standings.ts';
import { findObjects } from '../src/server/search/find.ts';
import { clusterOf, perService } from './pages/large-cluster.ts';

const [services, realServers] = [2_277, 37_205];
const times = 20;
const texts = ['10.128.3.77', '10.0.1.44:443', '443', 'rs 1234', 'tcp 443 service 22', '10.128', 'x', 'nothing like it'];

/** The first services have the real servers that are more than ten for each. */
function definition() {
  const whole = clusterOf(services * perService);
  const more = clusterOf(realServers - services * perService + perService).services.flatMap((service) => service.realServers);
  const each = Math.ceil(more.length / services);
  return {
    ...whole,
    services: whole.services.map((service, index) => ({
      ...service, realServers: [...service.realServers, ...more.slice(index * each, (index + 1) * each).map((one, place) => ({ ...one, id: `more-${place}` }))],
    })),
  };
}

const wanted: KnownRevision[] = [{
  clusterId: 'bench', name: 'bench', number: 1, author: 'bench', authorId: 'bench', reason: '', basedOn: null, createdAt: new Date(0), approval: { state: 'saved' }, definition: definition(),
}];

function timed(text: string): { readonly ms: number; readonly fits: number } {
  const begun = process.cpuUsage();
  const { found, more } = findObjects({ wanted, directors: [] }, SearchInput.parse({ text }));
  const { user, system } = process.cpuUsage(begun);
  return { ms: (user + system) / 1_000, fits: found.length + more };
}

const defined = wanted.flatMap((revision) => revision.definition.services);
const first = timed('makes the index');
console.log(`${defined.length} services, ${defined.reduce((sum, service) => sum + service.realServers.length, 0)} real servers; the first search: ${first.ms.toFixed(0)} ms`);
console.table(texts.map((text) => {
  const runs = Array.from({ length: times }, () => timed(text)).toSorted((a, b) => a.ms - b.ms);
  return { text, fits: runs[0]?.fits ?? 0, 'median ms': Number(runs[times / 2]?.ms.toFixed(1)), 'worst ms': Number(runs.at(-1)?.ms.toFixed(1)) };
}));
