// Where the page is that says why a real server stands as it does.
export interface HealthPlace {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly realServerId: string;
}

export function whyPath({ clusterId, serviceId, realServerId }: HealthPlace): string {
  return `/clusters/${clusterId}/services/${serviceId}/health/${realServerId}`;
}
