import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesizedTemplate } from '#local/stack/synthesize-template.ts';
import { FUNCTION_NAMES } from '../../infra/names.ts';
import { type CalledAction, calledActions } from '../infra/called-actions.ts';
import { type Grant, grantsOf, partitionKeysOf, partsOf, permits } from '../infra/grants.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { faultsOf } from './call-faults.ts';
import { EVERY_PATH } from './every-path.ts';
import { CallRecorder } from './recorded-calls.ts';

const nameOf = (logicalId: string): string => logicalId.replace(/^AdlTables(\w+?)[0-9A-F]{8}$/, '$1');
const shownGrant = ({ table, actions, keys }: Grant): string =>
  `${nameOf(table)} ${actions.join(', ')}${keys === null ? '' : ` under ${keys.join(', ')}`}`;

describe.skipIf(!hasEmbeddedTables)('on every path of the whole stack', () => {
  let template: unknown;
  let partitionKeys: ReadonlyMap<string, string>;
  let calls: CallRecorder['calls'] = [];

  beforeAll(async () => {
    const recorder = new CallRecorder();
    try {
      for (const [, take] of EVERY_PATH) await take();
    } finally {
      recorder.stop();
    }
    calls = recorder.calls;
    template = JSON.parse(readFileSync(await synthesizedTemplate(), 'utf8'));
    partitionKeys = partitionKeysOf(template);
  });

  const calledBy = (caller: string): readonly CalledAction[] =>
    calls.filter((call) => call.caller === caller).flatMap(({ command, input }) => calledActions(command, input));

  const shownCall = ({ tableName, action, item }: CalledAction): string =>
    `${nameOf(tableName)} ${action} ${JSON.stringify(item[partitionKeys.get(tableName) ?? ''])}`;

  describe.each([...FUNCTION_NAMES, 'venue'])('%s', (caller) => {
    it('asks for nothing that its role may not', () => {
      const grants = grantsOf(template, caller);
      const refused = calledBy(caller).filter((called) => !grants.some((grant) => permits(grant, called, partitionKeys)));
      expect([...new Set(refused.map(shownCall))]).toEqual([]);
    });

    it('has a role that may nothing but what it asks for', () => {
      const called = calledBy(caller);
      const unused = grantsOf(template, caller)
        .flatMap(partsOf)
        .filter((grant) => !called.some((each) => permits(grant, each, partitionKeys)));
      expect(unused.map(shownGrant)).toEqual([]);
    });
  });

  it('names every attribute by a placeholder, reads strongly and writes under a condition', () => {
    const faults = calls.flatMap(({ caller, command, input }) =>
      faultsOf(command, input).map((fault) => `${caller}: ${command}: ${fault}`),
    );
    expect([...new Set(faults)]).toEqual([]);
  });
});
