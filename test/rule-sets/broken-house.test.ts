import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { FINDING_CODES } from '#rule-sets/finding-codes.ts';
import { checkRuleSet } from '#rule-sets/load-rule-set.ts';
import { BREAKAGES, type Breakage } from './breakages.ts';
import { OTHER_BREAKAGES as OTHERS } from './other-breakages.ts';
import { encoded, type FileTexts, shippedFiles } from './shipped-files.ts';

const house = shippedFiles('house');

const check = (files: FileTexts): ReturnType<typeof checkRuleSet> => checkRuleSet('copy', encoded(files));

const offsetOf = (text: string, wanted: string, from = 0): number => {
  const offset = text.indexOf(wanted, from);
  if (offset < 0) throw new Error(`\`${wanted}\` is not there`);
  return offset;
};

const placeOf = ({ at, above, found }: Breakage, text: string, start: number): readonly [string, number] => {
  const other = found === undefined ? null : present(house[found], `house has ${found}`);
  if (other !== null) return [other, offsetOf(other, at ?? '')];
  return [text, above === undefined ? offsetOf(text, at ?? '', start) : text.lastIndexOf(above, start)];
};

/** The edited text, and the line on which the finding must stand: counted in the text as it is after the edit. */
const broken = (breakage: Breakage): { readonly text: string; readonly line: number } => {
  const { file, from, to, after } = breakage;
  const whole = present(house[file], `house has ${file}`);
  const start = offsetOf(whole, from, after === undefined ? 0 : offsetOf(whole, after));
  const text = whole.slice(0, start) + to + whole.slice(start + from.length);
  const [read, offset] = placeOf(breakage, text, start);
  return { text, line: read.slice(0, offset).split('\n').length };
};

const edits = Object.entries(BREAKAGES).flatMap(([code, breakages]) => breakages.map((breakage: Breakage) => ({ code, breakage })));

const found = edits.flatMap(({ breakage }) => check({ ...house, [breakage.file]: broken(breakage).text }).findings);

describe('a copy of house', () => {
  it('is broken here in more than thirty different ways, in each of its seven files', () => {
    expect(edits.length).toBeGreaterThan(30);
    expect(new Set(edits.map(({ breakage }) => breakage.file)).size).toBe(Object.keys(house).length);
  });

  it.each(edits)('broken by one edit gives one finding, $code, at its line: $breakage.message', ({ code, breakage }) => {
    const { text, line } = broken(breakage);
    const { ruleSet, findings } = check({ ...house, [breakage.file]: text });
    expect(findings.map((finding) => [finding.file, finding.line, finding.code])).toEqual([
      [`copy/${breakage.found ?? breakage.file}`, line, code],
    ]);
    expect(findings[0]?.message).toContain(breakage.message);
    expect(ruleSet === null).toBe(findings[0]?.severity === 'ERROR');
  });

  it('that is repaired passes without a finding', () => {
    for (const { breakage } of edits) {
      const { text } = broken(breakage);
      expect(text).not.toBe(house[breakage.file]);
    }
    const { ruleSet, findings } = check(house);
    expect([ruleSet?.reference.id, findings]).toEqual(['house', []]);
  });

  it('tells of every file at once, in the order of the files and lines', () => {
    const seven = Object.keys(house).map((name) =>
      present(
        edits.find(({ breakage }) => breakage.file === name),
        `${name} is broken`,
      ),
    );
    const texts = Object.fromEntries(seven.map(({ breakage }) => [breakage.file, broken(breakage).text]));
    const { findings } = check({ ...house, ...texts });
    expect(findings.map(({ file }) => file)).toEqual(
      Object.keys(house)
        .sort()
        .map((name) => `copy/${name}`),
    );
  });

  it.each(Object.entries(OTHERS))('is broken by what no single edit of a text does, too: %s', (code, { files, line, mend }) => {
    const { findings } = checkRuleSet('copy', files());
    expect(findings.map((finding) => [finding.line, finding.code])).toContainEqual([line, code]);
    expect(findings.find((finding) => finding.code === code)?.mend).toContain(mend);
  });
});

describe('the list of codes', () => {
  const listed: Readonly<Record<string, { readonly severity: string }>> = FINDING_CODES;

  it('has each code that a breakage gives, and a breakage for each code', () => {
    const given = [...Object.keys(BREAKAGES), ...Object.keys(OTHERS)];
    expect(new Set(given).size).toBe(given.length);
    expect(given.sort()).toEqual(Object.keys(FINDING_CODES).sort());
  });

  it('says how severe a finding is', () => {
    for (const { code, severity } of found) expect(listed[code]?.severity, code).toBe(severity);
  });
});

describe('every finding', () => {
  it('says in one line each what it would cost and how to mend it', () => {
    for (const { code, message, effect, mend } of found)
      for (const text of [message, effect, mend]) {
        expect(text, code).toMatch(/^[a-z`"].{6,}[^.\s]$/);
        expect(text, code).not.toMatch(/undefined|\[object|NaN|[\n\r]/);
      }
  });

  it.each([
    [
      'tier-gap',
      'a position of `55000` notional has no tier: its maintenance margin could be `220`, by the lower tier, or `225`, by the upper one',
    ],
    ['tier-amount', 'at `50000` notional the maintenance margin falls by `1`: so much less stands between the position and the fund'],
    [
      'maintenance-not-below-initial',
      'a trader who opens `100000` notional at `250`x pays `400` of margin and needs `400`: the position is liquidatable at once and its margin lost',
    ],
    ['tier-rate-falls', expect.stringContaining('each `100000` above `600000` notional needs `50` less margin than below it')],
    ['empty-condition', 'an empty list of conditions holds always: the rule would fire every time: `LIQUIDATE` for everyone'],
    [
      'missing-key',
      expect.stringContaining(
        'the fund pays more than it may, or not what it should (`floor`: the engine never takes the fund below this)',
      ),
    ],
    ['unknown-operator', expect.stringContaining('`LIQUIDATE` would never happen by it')],
  ] as const)('%s tells its cost by the numbers that are there', (code, effect) => {
    expect(found.find((finding) => finding.code === code)?.effect).toEqual(effect);
  });

  it.each([
    ['number-for-decimal', 'write "0.004"'],
    ['unknown-operator', 'write "decimalLessThan"'],
    ['unknown-fact', 'write "marginExcess"'],
    ['tier-gap', 'write "50000" here, or "60000" as the cap of the tier below'],
    ['tier-uncapped', 'write "600000", the floor of the next tier'],
    ['tier-amount', 'write "50", or leave it out: it is derived then'],
    ['duplicate-priority', 'write a priority of its own, such as 29'],
    ['release-above-trigger', 'write "0.3" or less'],
  ] as const)('%s names the value to write: %s', (code, mend) => {
    expect(found.find((finding) => finding.code === code)?.mend).toBe(mend);
  });

  it.each(['describtion', 'flor'])('of the misspelt key `%s` names the key that was meant, once', (key) => {
    const [finding] = found.filter(({ message }) => message.includes(`\`${key}\``));
    expect(finding?.mend).toBe(`rename it to \`${key === 'flor' ? 'floor' : 'description'}\``);
  });
});
