// What forwards on a director: the interface and its drivers.
export { ForwarderError, type ApplyOptions, type Forwarder } from './forwarder.ts';
