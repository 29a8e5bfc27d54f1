// After all journeys.
import { endWeir } from './start.ts';

export default function globalTeardown(): Promise<void> {
  return endWeir();
}
