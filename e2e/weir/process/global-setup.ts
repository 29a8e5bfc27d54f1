// Before all journeys.
import { startWeir } from './start.ts';

export default startWeir;
