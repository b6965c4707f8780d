import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 120_000, hookTimeout: 120_000, pool: 'forks' as const };

/** Files that change what other files of their process would see: mocked clients, the environment, the working folder, signals. */
const ALONE = ['test/adapters/**', 'test/infra/**', 'test/local/stack/**', 'test/whole-stack/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...limits, name: 'alone', include: ALONE.map((folder) => `${folder}/*.test.ts`), isolate: true } },
      { test: { ...limits, name: 'shared', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
  },
});
