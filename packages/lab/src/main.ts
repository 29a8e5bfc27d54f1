// weir-lab: runs the sample real servers and the load maker until it is told to end.
import { Command, InvalidArgumentError } from 'commander';
import { formatEndpoint, parseEndpoint, type Endpoint } from './address.ts';
import { ControlError, startControlServer } from './control-server.ts';
import { startHttpServer } from './http-server.ts';
import { LoadMaker } from './load.ts';
import { SampleServerError, type SampleServer } from './sample-server.ts';
import { startTcpEchoServer } from './tcp-echo-server.ts';
import { startUdpEchoServer } from './udp-echo-server.ts';

interface Options {
  readonly socket: string;
  readonly http: Endpoint[];
  readonly tcpEcho: Endpoint[];
  readonly udpEcho: Endpoint[];
}

// The addresses of the two real servers in the tutorial.
const tutorialServers = ['127.0.8.20', '127.0.8.30'];

function endpointOption(defaultPort: number) {
  const defaults = tutorialServers.map((address) => ({ address, port: defaultPort }));
  const parse = (text: string, previous: Endpoint[]): Endpoint[] => {
    try {
      return [...(previous === defaults ? [] : previous), parseEndpoint(text)];
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
  return [parse, defaults] as const;
}

async function runLab(options: Options): Promise<void> {
  const servers: SampleServer[] = [];
  for (const endpoint of options.http) servers.push(await startHttpServer(endpoint));
  for (const endpoint of options.tcpEcho) servers.push(await startTcpEchoServer(endpoint));
  for (const endpoint of options.udpEcho) servers.push(await startUdpEchoServer(endpoint));
  const load = new LoadMaker();
  const control = await startControlServer(options.socket, { servers, load });
  for (const { protocol, endpoint } of servers) console.log(`sample real server ${formatEndpoint(endpoint)} (${protocol})`);
  console.log(`control at ${options.socket}`);
  const end = async (): Promise<void> => {
    load.close();
    await Promise.all([control.stop(), ...servers.map((server) => server.stop())]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());
}

const program = new Command('weir-lab')
  .description('Sample real servers and a bounded load, to try Weir on.')
  .requiredOption('--socket <path>', 'unix socket for control: GET /servers, GET /load, PUT /load')
  .option('--http <address:port>', 'an HTTP server; may be repeated', ...endpointOption(8080))
  .option('--tcp-echo <address:port>', 'a TCP echo server; may be repeated', ...endpointOption(8081))
  .option('--udp-echo <address:port>', 'a UDP echo server; may be repeated', ...endpointOption(8082))
  .action(runLab);

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof SampleServerError || error instanceof ControlError;
  console.error(expected ? error.message : error);
  process.exit(1);
}
