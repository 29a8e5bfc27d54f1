// The Weir that the journeys use: where it answers, which processes it has. Handed from the global setup to the tests by the environment.
import { z } from 'zod';

/** Not those of a Weir that a person runs beside the tests. */
export const panelPort = 9447;
export const agentPort = 9448;
export const url = `http://127.0.0.1:${panelPort}`;

const Running = z.object({
  setupLink: z.url(),
  dataDir: z.string(),
  launcher: z.int().positive(),
  labSocket: z.string(),
});
export type Running = z.infer<typeof Running>;

const VARIABLE = 'WEIR_E2E_RUNNING';

export function publish(started: Running): void {
  process.env[VARIABLE] = JSON.stringify(started);
}

export function running(): Running {
  return Running.parse(JSON.parse(process.env[VARIABLE] ?? 'null'));
}
