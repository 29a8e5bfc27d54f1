// The Weir that the journeys use: where it answers, which processes it has. Handed from the global setup to the tests by the environment.
import { z } from 'zod';

const Running = z.object({
  url: z.url(),
  setupLink: z.url(),
  dataDir: z.string(),
  launcher: z.int().positive(),
  labSocket: z.string(),
});
export type Running = z.infer<typeof Running>;

const VARIABLE = 'WEIR_E2E_RUNNING';

export function publish(running: Running): void {
  process.env[VARIABLE] = JSON.stringify(running);
}

export function running(): Running {
  return Running.parse(JSON.parse(process.env[VARIABLE] ?? 'null'));
}
