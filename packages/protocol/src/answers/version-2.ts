// What version 2 said otherwise, and how it becomes today's.
import { Hello } from '../director.ts';

/** It asks nothing of real servers. */
export const Hello2 = Hello.omit({ health: true }).transform((hello): Hello => ({ ...hello, health: null }));
