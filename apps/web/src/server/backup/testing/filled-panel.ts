// A panel's database for tests, filled through the services as people would, and read back table by table.
import { nanoid } from 'nanoid';
import { audit } from '../../audit.ts';
import type { LeftOn } from '../../clusters/cluster-view.ts';
import { createPerson } from '../../people/accounts.ts';
import { ann, bob } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { run } from '../../testing/database.ts';
import { ownAddress, webCluster } from '../../testing/directors.ts';

// What is easily lost on the way through a file.
const awkward = 'quote " apostrophe \' backslash \\n newline \n tab \t 轮询 \u{1f9ea} \u2028 \\u0000 {} [null]';

/** Directors, clusters with several revisions, clusters that are over, people with passwords, sessions, setup tokens, audit entries. */
export async function fill(plane: TestPlane): Promise<void> {
  const directorIds = await Promise.all([1, 2].map((number) => addDirector(plane, number)));
  for (let clusters = 0; clusters < 5; clusters += 1) await addCluster(plane, directorIds);
  for (const leftOn of [[], directorIds.map((directorId) => ({ directorId, director: awkward, revisions: [1] }))]) await addRetired(plane, directorIds, leftOn);
  for (const role of ['admin', 'operator', 'viewer'] as const) await addPerson(plane, role);
  for (const before of [awkward, 12345678901234567890n.toString(), 1e-300, true, ['a', null, { b: awkward }]]) {
    await audit(plane.db, bob, { action: 'a.b', object: { kind: 'c', name: awkward }, before, after: {}, outcome: 'failed' });
  }
  // JSON's null, which is not the database's.
  await plane.db.$executeRaw`INSERT INTO "AuditEntry" (action, "objectKind", outcome, before, after) VALUES ('a.b', 'c', 'done', 'null', NULL)`;
  await plane.db.setupToken.createMany({ data: [{ id: 'used', hash: 'a', expiresAt: new Date(), usedAt: new Date() }, { id: 'unused', hash: 'b', expiresAt: new Date() }] });
}

async function addDirector({ db }: TestPlane, number: number): Promise<string> {
  const id = nanoid();
  await db.director.create({ data: { id, name: `lvs-${id}`, address: `${id}:${number}`, keyHash: '00', enrolledBy: awkward } });
  return id;
}

async function addCluster({ clusters }: TestPlane, directorIds: readonly string[]): Promise<void> {
  const realServers = Array.from({ length: Math.floor(Math.random() * 20) }, (_, index) => ({ address: ownAddress(), port: 80, weight: index }));
  const definition = webCluster({ directorIds, realServers });
  const { clusterId } = await clusters.create(ann, { definition, reason: awkward });
  for (let base = 1; base < 4; base += 1) {
    await clusters.save(bob, { clusterId, base, definition: webCluster({ name: definition.name, directorIds, realServers: realServers.slice(base) }), reason: '' });
  }
}

async function addRetired({ clusters }: TestPlane, directorIds: readonly string[], leftOn: readonly LeftOn[]): Promise<void> {
  const definition = webCluster({ directorIds });
  const { clusterId } = await clusters.create(ann, { definition, reason: '' });
  const { number: base } = await clusters.save(bob, { clusterId, base: 1, definition: { ...definition, directors: [], vips: [], services: [] }, reason: '' });
  await clusters.retire(bob, { clusterId, base }, leftOn);
}

async function addPerson({ db }: TestPlane, role: 'admin' | 'operator' | 'viewer'): Promise<void> {
  const { id } = await createPerson(db, { name: awkward, email: `${role}@example.org`, role, passwordHash: nanoid() });
  await db.session.create({ data: { id: nanoid(), userId: id, token: nanoid(), expiresAt: new Date() } });
  await db.draft.create({ data: { id: nanoid(), userId: id, values: { definition: { name: awkward, port: null } }, version: 7 } });
}

/** Every row of every table as the database writes it, and every definition beside the rows. */
export async function contentsOf(databaseUrl: string): Promise<Record<string, unknown>> {
  const tables = await run(databaseUrl, `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`);
  const contents: Record<string, unknown> = {};
  for (const { name } of tables) contents[String(name)] = await run(databaseUrl, `SELECT entry::text FROM "${String(name)}" AS entry ORDER BY 1`);
  contents['constraints'] = await run(databaseUrl, `SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`);
  contents['triggers'] = await run(databaseUrl, `SELECT pg_get_triggerdef(oid) AS text, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`);
  contents['sequences'] = await run(databaseUrl, `SELECT sequencename, last_value FROM pg_sequences ORDER BY 1`);
  return contents;
}
