// A process of its own with a proxy in it, for the tests of what a process can bear: `limited-process.ts VIP PORT RIP PORT`.
import { openForwarder } from '../../registry.ts';

const [, , vip = '', port = '', rip = '', realPort = ''] = process.argv;
const proxy = await openForwarder('proxy', {});
const service = { kind: 'address', protocol: 'tcp', vip, port: Number(port) } as const;
const settings = { method: { kind: 'proxied', source: null }, weight: 1, thresholds: { upper: 0, lower: 0 } } as const;
const results = await proxy.apply([
  { kind: 'addService', service, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } },
  { kind: 'addRealServer', service, realServer: { endpoint: { rip, port: Number(realPort) }, settings } },
], { onFailure: 'rollBack' });
for (const result of results) if (result.status === 'failed') throw new Error(result.fault.message);
const { maxConnections, loweredBy } = proxy.limits;
process.on('disconnect', () => process.exit());
process.send?.({ maxConnections, loweredBy });
