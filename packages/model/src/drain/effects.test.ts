import { describe, expect, it } from 'vitest';
import { drainEffects } from './effects.ts';

const kernel = (value: string | null) => ({ settings: [{ name: 'expire_nodest_conn', value: '0' }, { name: 'expire_quiescent_template', value }] });

describe('what a drain means on a director', () => {
  it('whose kernel keeps templates: remembered clients stay, and a command for the whole director moves them', () => {
    expect(drainEffects({ driver: 'ipvs', removal: 'stall' }, kernel('0'))).toEqual({ remembered: 'stay', removal: 'stall', moveCommand: 'sysctl -w net.ipv4.vs.expire_quiescent_template=1' });
  });
  it('whose kernel lets templates go: they move', () => expect(drainEffects({ driver: 'ipvs', removal: 'reset' }, kernel('1'))).toEqual({ remembered: 'move', removal: 'reset', moveCommand: null }));
  it('with the proxy: they stay, and nothing can be set', () => expect(drainEffects({ driver: 'proxy', removal: 'reset' }, null)).toEqual({ remembered: 'stay', removal: 'reset', moveCommand: null }));
  it.each([[null], [{ settings: [] }], [kernel(null)]])('that does not say is not known', (said) => expect(drainEffects({ driver: 'ipvs', removal: 'stall' }, said).remembered).toBeNull());
});
