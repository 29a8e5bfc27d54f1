// The version of the agent itself; what it says to a panel has its own (`PROTOCOL_VERSION`).
export const AGENT_VERSION = '0.1.0';
