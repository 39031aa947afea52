import fc from "fast-check";

/** The same random cases at every run, so that a change fails for what it changed; FAST_CHECK_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_261_122) });
