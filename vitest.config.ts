import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/fixed-seed.ts"],
    // Most tests wait for processes of their own, so even two cores carry two files at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // To end what hangs, not to judge how fast a busy machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
