import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 120_000, hookTimeout: 120_000, pool: 'forks' as const };

/** Files that change what other files of their process would see: mocked clients, the environment, the working folder, signals. */
const ALONE = [
  'test/adapters/**/*.test.ts',
  'test/infra/{rule-delivery,signals}.test.ts',
  'test/local/stack/**/*.test.ts',
  'test/whole-stack/**/*.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...limits, name: 'alone', include: ALONE, isolate: true } },
      { test: { ...limits, name: 'shared', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
  },
});
