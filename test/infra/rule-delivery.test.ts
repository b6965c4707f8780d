import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleHandler, OWN_RULES } from '../../infra/constructs/function-code.ts';
import { TABLE_NAMES, tableVariable } from '../../infra/names.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'adl-delivery-'));

/** The released versions by id and number, which is how they stand in the lock; the newest of a set is the last of it. */
const RELEASED = Object.keys(JSON.parse(readFileSync(join(PROJECT, 'rules', 'released.lock.json'), 'utf8'))).map((name) => {
  const [id = '', version = ''] = name.split('@');
  return [id, version] as const;
});

type Key = Record<string, { S: string }>;
type Item = Record<string, { S?: string; B?: string; N?: string }>;

/** The RuleSets table, as much of it as a delivery asks for. */
const stored = new Map<string, Item>();
const nameOf = ({ ruleSetId, part }: Item | Key): string => `${ruleSetId?.S} ${part?.S}`;

const store = (item: Item): object => {
  stored.set(nameOf(item), item);
  return {};
};

type Request = { Key: Key; Item: Item; TransactItems: readonly { Put: { Item: Item } }[] };

const answers: Readonly<Record<string, (request: Request) => object>> = {
  GetItem: ({ Key }) => ({ Item: stored.get(nameOf(Key)) }),
  PutItem: ({ Item }) => store(Item),
  TransactWriteItems: ({ TransactItems }) => TransactItems.map(({ Put }) => store(Put.Item))[0] ?? {},
};

let server: Server;
let handler: (event: unknown, context: object) => Promise<unknown>;
const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      const asked: Request = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.end(JSON.stringify(answers[operation]?.(asked) ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
  for (const variable of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(variable, 'local');
  for (const table of TABLE_NAMES) vi.stubEnv(tableVariable(table), table);
  for (const [name, value] of Object.entries({ RULE_SET_ID: 'house', CLOCK: 'SYSTEM', LOG_LEVEL: 'ERROR' })) vi.stubEnv(name, value);
  bundleHandler('administer-rules', scratch, OWN_RULES);
  ({ handler } = await import(pathToFileURL(join(scratch, 'handler.mjs')).href));
}, 60_000);

beforeEach(() => stored.clear());

afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true });
});

const versions = () => [...stored.keys()].filter((name) => name.includes('VERSION#')).sort();
const active = (id: string) => stored.get(`${id} ACTIVE`)?.activeVersion?.S;

describe('a deployment, which invokes without an event,', () => {
  it.each([undefined, {}])('publishes what it brought and makes it the law where there is none (event %j)', async (event) => {
    await handler(event, context);
    expect(versions()).toEqual(RELEASED.map(([id, version]) => `${id} VERSION#${version}`));
    expect(new Map(RELEASED.map(([id]) => [id, active(id)]))).toEqual(new Map(RELEASED));
  });

  it('moves no pointer that stands', async () => {
    await handler({}, context);
    const pointer = { ...stored.get('house ACTIVE'), activeVersion: { S: '0.9.0' } };
    stored.set('house ACTIVE', pointer);
    expect(await handler({}, context)).toMatchObject({ action: 'DEPLOY' });
    expect(active('house')).toBe('0.9.0');
  });

  it('leaves alone what somebody asks for with an event', async () => {
    await handler({}, context);
    expect(await handler({ action: 'SHOW', id: 'house', version: '1.0.0' }, context)).toMatchObject({ action: 'SHOW' });
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(handler({ action: 'FORGET' }, context)).rejects.toThrow('action');
    log.mockRestore();
  });
});

describe('the rules that are brought', () => {
  const commandOf = (folder: string) =>
    spawnSync(process.execPath, [join(PROJECT, 'scripts/deployment-command.ts'), folder], { cwd: PROJECT, encoding: 'utf8' });

  const rulesWith = (change: (folder: string) => void): string => {
    const folder = mkdtempSync(join(scratch, 'rules-'));
    cpSync(join(OWN_RULES, 'house'), join(folder, 'house'), { recursive: true });
    change(folder);
    return folder;
  };
  const manifest = (folder: string, version: string) => join(folder, 'house', version, 'rule-set.json');
  const addVersion = (folder: string, version: string): void => {
    cpSync(join(folder, 'house/1.0.0'), join(folder, 'house', version), { recursive: true });
    const text = readFileSync(manifest(folder, version), 'utf8').replace('"1.0.0"', `"${version}"`);
    writeFileSync(manifest(folder, version), text);
  };

  it('have the newest version of each rule set first: what stands first becomes the first law', () => {
    const { stdout } = commandOf(
      rulesWith((folder) => {
        for (const version of ['1.9.0', '1.10.0']) addVersion(folder, version);
      }),
    );
    const brought: { reference: { version: string } }[] = JSON.parse(stdout).ruleSets;
    expect(brought.map(({ reference }) => reference.version)).toEqual(['1.10.0', '1.9.0', '1.0.0']);
  });

  it('leave drafts at home where there is a list of what is released', () => {
    const { stdout } = commandOf(
      rulesWith((folder) => {
        addVersion(folder, '1.1.0');
        cpSync(join(OWN_RULES, 'released.lock.json'), join(folder, 'released.lock.json'));
      }),
    );
    expect(JSON.parse(stdout).ruleSets).toHaveLength(1);
  });

  it('fail the synthesis when a file is faulty, with file and line', () => {
    const { status, stderr } = commandOf(rulesWith((folder) => writeFileSync(join(folder, 'house/1.0.0/safeguards.json'), '{}')));
    expect(status).toBe(2);
    expect(stderr).toMatch(/safeguards\.json:1: \$/);
  });

  it('fail the synthesis in one line when the lock is faulty, or there is no such folder', () => {
    const { status, stderr } = commandOf(rulesWith((folder) => writeFileSync(join(folder, 'released.lock.json'), '{ "house": 1 }')));
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^\S+released\.lock\.json:1 \$\.house: .+\n$/)]);
    const nowhere = commandOf(join(scratch, 'nowhere'));
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringMatching(/^\S+nowhere: no such folder\n$/)]);
  });

  it('fail the synthesis when a released version was changed', () => {
    const { status, stderr } = commandOf(
      rulesWith((folder) => {
        cpSync(join(OWN_RULES, 'released.lock.json'), join(folder, 'released.lock.json'));
        writeFileSync(
          manifest(folder, '1.0.0'),
          readFileSync(manifest(folder, '1.0.0'), 'utf8').replace('"description": "', '"description": "not '),
        );
      }),
    );
    expect(status).toBe(2);
    expect(stderr).toContain('house@1.0.0 is not what was released');
  });

  it('fail the synthesis when there are none', () => {
    const { status, stderr } = commandOf(mkdtempSync(join(scratch, 'none-')));
    expect(status).toBe(2);
    expect(stderr).toContain('holds no rule set');
  });
});
