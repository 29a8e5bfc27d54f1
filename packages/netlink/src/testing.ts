// For tests of what speaks netlink: a transport that answers as it is told.
export { ScriptedTransport, type Answer } from './testing/scripted-transport.ts';
export { acknowledgement, done, hex, reply } from './testing/messages.ts';
export { enterNewNetwork } from './testing/namespace.ts';
