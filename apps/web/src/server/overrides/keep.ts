// Turns an override into a revision: the newest definition with its weight.
import type { ClusterDefinition, Override } from '@weir/model';
import { PanelError } from '../errors.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';

export function withWeightOf({ head }: Pick<ClusterView, 'head'>, { target, effect }: Override): ClusterDefinition {
  const { definition } = head;
  const realServer = definition.services.find(({ id }) => id === target.serviceId)?.realServers.find(({ id }) => id === target.realServerId);
  if (realServer === undefined) throw new PanelError('noSuchRealServer');
  if (effect.kind !== 'weight') throw new PanelError('overrideNotByHand');
  const { weight } = effect;
  if (realServer.weight === weight) throw new PanelError('weightKeptAlready', { revision: head.number, weight });
  const services = definition.services.map((service) => (service.id !== target.serviceId ? service : {
    ...service, realServers: service.realServers.map((each) => (each === realServer ? { ...each, weight } : each)),
  }));
  return { ...definition, services };
}
