// The lab's virtual machine: Debian's kernel in QEMU on this machine's own files, with hosts and networks inside, for what only a real kernel can show.
//
//   const machine = await boot();                          // about 5 s; nothing of it outlives this process
//   const vm = await Vm.connect(machine.access);           // a session: what it starts in the guest ends with it
//   const net = await vm.network(tutorialNetwork());       // hosts are network namespaces, plugged into bridges
//   await net.host('director').run('ipvsadm -A -t 192.168.8.200:80 -s rr');
//   const probe = await net.host('client').use<typeof import('./probe.guest.ts')>(new URL('./probe.guest.ts', import.meta.url));
//   const packets = await net.host('client').capture('eth0', { filter: 'tcp port 80' });
//   await probe.get('http://192.168.8.200/');              // TypeScript bundled here, run by Node on that host
//   const frames = await packets.stop();                   // decoded: MACs, addresses, ports, TTL, flags, tunnels
//   await machine.powerOff();
//
// Every wait has a deadline. A guest that panics, hangs or fails ends the wait with an error that shows the console's last lines.
// The guest sees this machine's files as they were at its boot (copy on write); `vm.share` is seen live, at `guestShare`.
export { boot, type BootOptions, type Machine, type VmAccess } from './machine/boot.ts';
export { Capture, type CaptureOptions } from './capture/capture.ts';
export { decodeFrame, type Arp, type Frame } from './capture/frame.ts';
export type { Ip, Packet } from './capture/packet.ts';
export type { Icmp, Tcp, TcpFlag, Udp } from './capture/transport.ts';
export type { ConnectionOptions } from './session/connection.ts';
export { VmError } from './error.ts';
export { GuestProcess, type GuestExit, type SpawnOptions } from './session/guest-process.ts';
export { guestShare } from './image/initramfs.ts';
export { prepareKernel, type Kernel } from './image/kernel.ts';
export type { HostDescription, InterfaceDescription, NetworkDescription } from './network/description.ts';
export type { Network } from './network/network.ts';
export { Place, type RunOptions, type RunResult, type UseOptions } from './session/place.ts';
export { guestAgent, guestAgentCode, startGuestAgent } from './tutorial/agent.ts';
export { hostsText, takeCommands } from './tutorial/prompt.ts';
export { ipv6Of, tutorial, tutorialNetwork, type TutorialOptions } from './tutorial/network.ts';
export { startTutorial, tutorialPorts, type ClientModule, type RealServerModule, type Tutorial } from './tutorial/tutorial.ts';
export type { Uplink } from './machine/qemu.ts';
export type { Remote } from './session/resident.ts';
export { Vm } from './session/vm.ts';
