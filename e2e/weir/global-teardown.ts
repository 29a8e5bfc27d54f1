// After all journeys.
export { endWeir as default } from './start.ts';
