// How large the installation is, and where its services and real servers are: all on loopback, each cluster in a range of its own.

export interface Size {
  /** Of each director. */
  readonly services: number;
  /** Of each service. */
  readonly realServers: number;
}

export const servicePort = 8_080;

export function vipOf(cluster: number | string, service: number): string {
  return `127.20.${cluster}.${service}`;
}

/** The services of a cluster share its hosts. */
export function ripOf(cluster: number | string, realServer: number): string {
  return `127.21.${cluster}.${realServer}`;
}

export function realPortOf(service: number): number {
  return 10_000 + service;
}

export function serviceKeyOf(cluster: number | string, service: number): string {
  return `tcp ${vipOf(cluster, service)}:${servicePort}`;
}

export function endpointOf(cluster: number | string, service: number, realServer: number): string {
  return `${ripOf(cluster, realServer)}:${realPortOf(service)}`;
}
