// What others may take from the agent: the type of what it answers. Whoever runs one in a test takes `@weir/agent/testing`.
export type { AgentRouter } from './router.ts';
