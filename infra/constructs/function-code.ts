import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync } from 'node:fs';
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

/** Files that went into a bundle, by their path in the project. */
type BundledFiles = readonly string[];

const bundle = (name: FunctionName, outfile: string): BundledFiles => {
  const { metafile } = buildSync({
    absWorkingDir: PROJECT,
    entryPoints: [ENTRIES[name]],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Packages' ES modules first: of those, what nobody imports falls away.
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
    metafile: true,
  });
  return Object.keys(metafile.inputs);
};

/** Writes the rule sets of a folder as the command that delivers them, read and checked by the engine's own loader. Throws with its words when they are faulty. */
const writeBroughtRules = (folder: string, outfile: string): void => {
  const output = openSync(outfile, 'w');
  try {
    execFileSync(process.execPath, [join(PROJECT, 'scripts/deployment-command.ts'), folder], {
      cwd: PROJECT,
      stdio: ['ignore', output, 'pipe'],
    });
  } finally {
    closeSync(output);
  }
};

/**
 * Builds what Lambda loads for a function, `handler.mjs`: the entry with everything that it imports, for Node 24. With a folder of rules the bundle is
 * `<name>.mjs` and the handler in front of it knows what was brought. Returns the files that went into the bundle.
 */
export const bundleHandler = (name: FunctionName, outputFolder: string, rulesFolder: string | null): BundledFiles => {
  if (rulesFolder === null) return bundle(name, join(outputFolder, 'handler.mjs'));
  const files = bundle(name, join(outputFolder, `${name}.mjs`));
  copyFileSync(join(PROJECT, 'infra/rule-delivery/handler.mjs'), join(outputFolder, 'handler.mjs'));
  writeBroughtRules(rulesFolder, join(outputFolder, 'brought-rules.json'));
  return files;
};

/**
 * The function's code, built by esbuild while the stack is synthesized; `rulesFolder`, where given, is delivered with it.
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
          bundleHandler(name, outputFolder, rulesFolder);
          return true;
        },
      },
    },
  });
