// The fields of a person, for forms and procedures alike. Pure: runs in a browser too.
import { z } from 'zod';

export const PersonName = z.string().trim().min(1).max(100).regex(/^\P{Cc}*$/u, 'must not contain control characters');
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());
// Long enough that no rule about its characters is needed; better-auth's own limit above.
export const Password = z.string().min(12).max(128);
export const RoleName = z.enum(['viewer', 'operator', 'admin']);
