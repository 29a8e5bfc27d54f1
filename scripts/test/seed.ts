// Property tests try the same inputs in each run, so that a change is judged by what it changed; WEIR_SEED=7 tries others.
import { configureGlobal, readConfigureGlobal } from 'fast-check';

configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env['WEIR_SEED'] ?? 1) });
