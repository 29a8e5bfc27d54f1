// Before all journeys.
export { startWeir as default } from './start.ts';
