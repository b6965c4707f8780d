import { encoded, type FileTexts, shippedFiles } from './shipped-files.ts';

interface OtherBreakage {
  readonly files: () => ReadonlyMap<string, Uint8Array>;
  readonly line: number;
  /** A piece of how to mend it. */
  readonly mend: string;
}

const house = shippedFiles('house');

const editedIn = (changes: Readonly<Record<string, (text: string) => string>>): ReadonlyMap<string, Uint8Array> => {
  const after = Object.entries(changes).map(([name, change]) => [name, change(house[name] ?? '')] as const);
  for (const [name, text] of after) if (text === house[name]) throw new Error(`${name} is as it was`);
  return encoded({ ...house, ...Object.fromEntries(after) });
};

const edited = (name: string, change: (text: string) => string): ReadonlyMap<string, Uint8Array> => editedIn({ [name]: change });

const renamed = (from: string, to: string): ReadonlyMap<string, Uint8Array> => {
  const { [from]: moved = '', ...others }: FileTexts = house;
  return encoded({ ...others, [to]: moved });
};

/** Ways to break `house` that are no single edit of one text, by the kind of finding that each must give. */
export const OTHER_BREAKAGES: Readonly<Record<string, OtherBreakage>> = {
  'missing-file': { files: () => renamed('safeguards.json', 'README.md'), line: 1, mend: 'copy safeguards.json' },
  'unknown-file': { files: () => renamed('safeguards.json', 'safegards.json'), line: 1, mend: 'rename it to safeguards.json' },
  'not-utf-8': {
    files: () => new Map([...encoded(house), ['rule-set.json', new Uint8Array([0x7b, 0x0a, 0x22, 0xff, 0x22, 0x7d])] as const]),
    line: 2,
    mend: 'save the file as utf-8',
  },
  'no-margin-rule': {
    files: () => edited('margin.rules.json', (text) => text.replace(/"rules": \[.*\n {2}\]/s, '"rules": []')),
    line: 4,
    mend: 'add a rule with the event `LIQUIDATE`',
  },
  'tier-amount-unused': {
    files: () => edited('margin-tiers.json', (text) => text.replace('"DEDUCTION"', '"MARGINAL"')),
    line: 9,
    mend: 'leave it out',
  },
  'market-without-fund': {
    files: () => edited('insurance-fund.json', (text) => text.replaceAll('["*"]', '["BTC-USDT"]')),
    line: 13,
    mend: 'add `*`',
  },
  'recovery-without-leverage': {
    files: () =>
      editedIn({
        'margin.rules.json': (text) => text.replace('"recovery": "MAINTENANCE"', '"recovery": "INITIAL"'),
        'margin-tiers.json': (text) => text.replace(', "maximumLeverage": "10"', ''),
      }),
    line: 29,
    mend: 'give every tier a `maximumLeverage`',
  },
  'table-unused': {
    files: () => edited('rule-set.json', (text) => text.replace('["*"]', '["BTC-USDT"]')),
    line: 7,
    mend: '`markets` in rule-set.json',
  },
};
