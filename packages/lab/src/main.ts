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
  readonly http?: Endpoint[];
  readonly tcpEcho?: Endpoint[];
  readonly udpEcho?: Endpoint[];
}

// The addresses of the two real servers in the tutorial.
const tutorialServers = ['127.0.8.20', '127.0.8.30'];

function endpoint(text: string, before: Endpoint[] = []): Endpoint[] {
  try {
    return [...before, parseEndpoint(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function onTutorialServers(port: number): Endpoint[] {
  return tutorialServers.map((address) => ({ address, port }));
}

async function runLab(options: Options): Promise<void> {
  const servers: SampleServer[] = [];
  for (const where of options.http ?? onTutorialServers(8080)) servers.push(await startHttpServer(where));
  for (const where of options.tcpEcho ?? onTutorialServers(8081)) servers.push(await startTcpEchoServer(where));
  for (const where of options.udpEcho ?? onTutorialServers(8082)) servers.push(await startUdpEchoServer(where));
  const load = new LoadMaker();
  const control = await startControlServer(options.socket, { servers, load });
  for (const server of servers) console.log(`sample real server ${formatEndpoint(server.endpoint)} (${server.protocol})`);
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
  .option('--http <address:port>', 'an HTTP server; may be repeated (default: port 8080 of 127.0.8.20 and 127.0.8.30)', endpoint)
  .option('--tcp-echo <address:port>', 'a TCP echo server; may be repeated (default: port 8081 of 127.0.8.20 and 127.0.8.30)', endpoint)
  .option('--udp-echo <address:port>', 'a UDP echo server; may be repeated (default: port 8082 of 127.0.8.20 and 127.0.8.30)', endpoint)
  .action(runLab);

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof SampleServerError || error instanceof ControlError;
  console.error(expected ? error.message : error);
  process.exit(1);
}
