// Things to try Weir on: sample real servers that count what they serve, and a bounded load.
export { formatEndpoint, parseEndpoint, type Endpoint } from './address.ts';
export { connectLab, LabRefusal, type LabClient, type LoadReport, type SampleServerReport } from './control-client.ts';
export { startControlServer, ControlError, type ControlServer } from './control-server.ts';
export { startHttpServer } from './http-server.ts';
export { LoadMaker, loadOrderSchema, type LoadOrder, type LoadState } from './load.ts';
export { SampleServerError, type SampleServer, type ServerCounts } from './sample-server.ts';
export { startTcpEchoServer } from './tcp-echo-server.ts';
export { startUdpEchoServer } from './udp-echo-server.ts';
