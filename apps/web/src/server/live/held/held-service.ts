// What one sample says of one service, with a way to find its real servers; made anew for whoever asks, since few are asked about.
import type { RealServerSample, ServiceSample } from '@weir/model';

export class HeldService {
  readonly sample: ServiceSample;
  #realServers: ReadonlyMap<string, RealServerSample> | null = null;

  constructor(sample: ServiceSample) {
    this.sample = sample;
  }

  get realServers(): ReadonlyMap<string, RealServerSample> {
    this.#realServers ??= new Map(this.sample.realServers.map((realServer) => [realServer.key, realServer]));
    return this.#realServers;
  }
}
