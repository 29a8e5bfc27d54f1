// vrrp_instance: a definition says itself who carries a VIP, so only the VIPs and their interface are looked at, as hints.
import { canonicalAddress, familyOf } from '../../definition/address.ts';
import type { VipHint } from '../imported.ts';
import type { Report } from '../report.ts';
import { leaveOut } from './leave-out.ts';
import type { Block } from './text/tree.ts';

export function hintsOf(block: Block, report: Report): VipHint[] {
  const instance = block.words[1] ?? '';
  const networkInterface = block.children?.find(({ words }) => words[0] === 'interface')?.words[1] ?? null;
  leaveOut(block, 'notInDefinition', { word: 'vrrp_instance' }, report);
  const entries = (block.children ?? [])
    .filter(({ words }) => words[0] === 'virtual_ipaddress' || words[0] === 'virtual_ipaddress_excluded')
    .flatMap(({ at, words, children }): Block[] => children ?? [{ at, words: words.slice(1), children: null }]);
  return entries.flatMap(({ at, words }) => {
    const vip = canonicalAddress((words[0] ?? '').replace(/\/\d+$/, ''));
    if (vip === null) return [];
    const device = words.indexOf('dev');
    const hint = { vip, family: familyOf(vip), networkInterface: device === -1 ? networkInterface : words[device + 1] ?? null, instance };
    report.leftOut(at, 'vipHint', { vip, interface: hint.networkInterface ?? '?', instance });
    return [hint];
  });
}
