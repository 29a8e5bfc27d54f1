// Property tests try the same inputs in each run, so that a change is judged by what it changed; WEIR_SEED=7 tries others.
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['WEIR_SEED'] ?? 1) });
