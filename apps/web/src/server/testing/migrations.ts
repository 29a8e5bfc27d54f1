// Where the repository's schema and migrations are.
import { fileURLToPath } from 'node:url';

export const migrationsDir = fileURLToPath(new URL('../../../../../prisma/migrations', import.meta.url));
export const schemaFile = fileURLToPath(new URL('../../../../../prisma/schema.prisma', import.meta.url));
