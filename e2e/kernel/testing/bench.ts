// The tutorial's network with real servers ready for DR, Weir's agents on its directors, and a client that can ask many times.
import { Director } from '@weir/agent/testing/director';
import { startTutorial, type Place, type Remote, type Tutorial, type TutorialOptions, type Vm } from '@weir/lab/vm';
import { director as directorId, standby as standbyId } from './cluster.ts';

export type LoadModule = Remote<typeof import('./load.guest.ts')>;

export interface Bench extends Tutorial {
  readonly load: LoadModule;
  readonly director: Director;
  /** Where it was wished for. */
  readonly standby: Director | null;
  close(): Promise<void>;
}

const loadDeadlineMs = 240_000;

export function loadOn(place: Place): Promise<LoadModule> {
  return place.use<typeof import('./load.guest.ts')>(new URL('./load.guest.ts', import.meta.url), { deadlineMs: loadDeadlineMs });
}

export async function startBench(vm: Vm, { standby = false, realServersFor = 'DR' }: Pick<TutorialOptions, 'standby' | 'realServersFor'> = {}): Promise<Bench> {
  const { uplinks } = vm;
  const tutorial = await startTutorial(vm, { realServersFor, directorReady: false, standby, uplinks });
  const { network } = tutorial;
  const agentOn = (host: string, id: string, number: number): Promise<Director> => {
    const uplink = uplinks[number];
    if (uplink === undefined) throw new Error(`the machine has no uplink ${number}`);
    return Director.start({ id, place: network.host(host), uplink });
  };
  const [load, director, second] = await Promise.all([
    loadOn(network.host('client')), agentOn('director', directorId, 0), standby ? agentOn('standby', standbyId, 1) : null,
  ]);
  return {
    ...tutorial, load, director, standby: second,
    close: async () => {
      await Promise.all([director.close(), second?.close()]);
      await network.remove();
    },
  };
}
