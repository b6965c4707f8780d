import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { FunctionName } from '../names.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The rule sets that a deployment brings when its app names no others. */
export const OWN_RULES = join(PROJECT, 'rules');

/** Where each function begins: text, for nothing here imports what it deploys. */
const ENTRIES: Readonly<Record<FunctionName, string>> = {
  'watch-marks': 'functions/watch-marks/handler.ts',
  'evaluate-margin': 'functions/evaluate-margin/handler.ts',
  'open-wave': 'functions/open-wave/handler.ts',
  'settle-liquidation': 'functions/settle-liquidation/handler.ts',
  deleverage: 'functions/deleverage/handler.ts',
  sweep: 'functions/sweep/handler.ts',
  audit: 'functions/audit/handler.ts',
  'administer-rules': 'functions/administer-rules/handler.ts',
};

/** Packages that are not ES modules look for `require`, which ES modules do not have. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Builds the one file that Lambda loads for a function, `handler.mjs`: the entry with everything that it imports, for Node 24. */
export const bundleHandler = (name: FunctionName, outputFolder: string): void => {
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: [ENTRIES[name]],
    outfile: join(outputFolder, 'handler.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Packages' ES modules first: of those, what nobody imports falls away.
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
};

/**
 * The function's code, built by esbuild while the stack is synthesized. `rulesFolder`, where given, lies beside the handler as `rules`.
 * No Docker: CDK wants an image named for when the local way declines, which it never does.
 */
export const functionCode = (name: FunctionName, rulesFolder: string | null): Code =>
  Code.fromAsset(join(PROJECT, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // CDK tells bundles of one folder apart by what is plain data here; without it every function would get the first one's code.
      command: [name, rulesFolder ?? ''],
      local: {
        tryBundle: (outputFolder) => {
          bundleHandler(name, outputFolder);
          if (rulesFolder !== null) cpSync(rulesFolder, join(outputFolder, 'rules'), { recursive: true });
          return true;
        },
      },
    },
  });
