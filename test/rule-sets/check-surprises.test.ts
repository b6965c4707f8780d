import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { checkReach } from '#rule-sets/check-reach.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleFiles } from '#rule-sets/rule-set-files.ts';
import { filesWith, placesOf, reachOf, wordsOf } from './reach-cases.ts';
import { type FileTexts, shippedFiles } from './shipped-files.ts';

const house = shippedFiles('house');

/** A file of house with some of its top keys replaced. */
const edited = (name: RuleFileName, changes: object): FileTexts => ({
  [name]: JSON.stringify({ ...JSON.parse(present(house[name], `house has ${name}`)), ...changes }),
});

const TIER = [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }];

const FUND = {
  fundId: 'usdt',
  asset: 'USDT',
  markets: ['*'],
  floor: '0',
  drawCapPerMarket: null,
  drawCapPerInterval: null,
  interval: 'PT1H',
  drawdown: null,
};

const THROTTLE = { notionalPerMarket: '1000', interval: 'PT60S', maximumDelay: 'PT30S' };

const markets = (...ids: readonly string[]): FileTexts => edited('rule-set.json', { markets: ids });
const tables = (...ids: readonly string[]): FileTexts =>
  edited('margin-tiers.json', { markets: Object.fromEntries(ids.map((id) => [id, TIER])) });
const funds = (...changes: readonly object[]): FileTexts =>
  edited('insurance-fund.json', {
    domains: changes.map((each, index) => ({ ...FUND, fundId: `fund-${index}`, asset: `A${index}`, ...each })),
  });
const safeguards = (changes: object): FileTexts => edited('safeguards.json', changes);
const weights = (pnlRatio: number, effectiveLeverage: number): FileTexts => {
  const { ranking } = JSON.parse(present(house['deleveraging.json'], 'house has deleveraging rules'));
  return edited('deleveraging.json', { ranking: { ...ranking, weights: { pnlRatio, effectiveLeverage } } });
};

type Case = readonly [claim: string, changes: FileTexts, places: readonly string[], words: string];

describe('files that do not fit together, or do less than they say', () => {
  it.each<Case>([
    [
      'a law for every market and tiers for some',
      tables('BTC-USDT'),
      ['ERROR market-without-tiers $.markets[0]'],
      'the law is for every market (`*`), and margin-tiers.json has no table for it',
    ],
    [
      'a law for a market without tiers',
      { ...markets('BTC-USDT', 'ETH-USDT'), ...tables('BTC-USDT') },
      ['ERROR market-without-tiers $.markets[1]'],
      'add a table `ETH-USDT` or `*`',
    ],
    [
      'a law for a market without a fund',
      funds({ markets: ['BTC-USDT'] }),
      ['ERROR market-without-fund $.markets[0]'],
      'the profitable traders',
    ],
    [
      'tiers for a market that the law is not for',
      { ...markets('BTC-USDT'), ...tables('BTC-USDT', 'ETH-USDT') },
      ['WARNING table-unused $.markets["ETH-USDT"]'],
      'tiers are given for market `ETH-USDT`',
    ],
    [
      'tiers for every other market of a law that has none',
      { ...markets('BTC-USDT'), ...tables('*', 'BTC-USDT') },
      ['WARNING table-unused $.markets["*"]'],
      'tiers are given for every market (`*`)',
    ],
    [
      'a fund for a market that the law is not for',
      { ...markets('BTC-USDT'), ...tables('*'), ...funds({ markets: ['ETH-USDT', 'BTC-USDT'] }) },
      ['WARNING table-unused $.domains[0].markets[0]'],
      'fund `fund-0` is for market `ETH-USDT`',
    ],
    [
      'tiers and funds for markets that the law was narrowed by, told once',
      { ...markets('BTC-USDT'), ...tables('BTC-USDT', 'ETH-USDT', 'SOL-USDT'), ...funds({ markets: ['BTC-USDT', 'ETH-USDT'] }) },
      ['WARNING table-unused $.markets["ETH-USDT"]'],
      'tiers are given for markets `ETH-USDT`, `SOL-USDT`, and fund `fund-0` is for market `ETH-USDT`, which',
    ],
    [
      'a cap of one market above the cap of all',
      funds({ drawCapPerMarket: '5000', drawCapPerInterval: '4000' }),
      ['WARNING cap-unreachable $.domains[0].drawCapPerMarket'],
      'one market can draw all `4000` of an interval',
    ],
    ['a ranking without weights', weights(0, 0), ['WARNING ranking-constant $.ranking.weights'], 'decided by the letters of account ids'],
    [
      'a throttle that lets everybody pass within its interval',
      safeguards({ throttle: THROTTLE }),
      ['WARNING throttle-outwaited $.throttle.maximumDelay'],
      'a pool waits at most `30` seconds, the interval lasts `60` seconds; more than `1000` may start liquidation in one interval',
    ],
    [
      'a band in percent instead of a ratio',
      safeguards({ jumpBand: '10', indexDivergence: '1' }),
      ['WARNING band-too-wide $.jumpBand', 'WARNING band-too-wide $.indexDivergence'],
      '`jumpBand` `10` lets a mark fall by `1000` percent',
    ],
  ])('%s', (_, changes, places, words) => {
    const findings = reachOf(changes);
    expect(placesOf(findings)).toEqual(places);
    expect(wordsOf(findings)).toContain(words);
  });

  it.each<readonly [string, FileTexts]>([
    ['a law for two markets that share a table', { ...markets('BTC-USDT', 'ETH-USDT'), ...tables('*', 'BTC-USDT') }],
    ['a fund for two of the law together with one for the rest', funds({ markets: ['BTC-USDT'] }, { markets: ['*'] })],
    ['caps that are equal', funds({ drawCapPerMarket: '4000', drawCapPerInterval: '4000' })],
    ['a ranking by one factor', weights(0, 1)],
    ['a throttle that waits one interval', safeguards({ throttle: { ...THROTTLE, maximumDelay: 'PT60S' } })],
    ['a band just below the whole mark', safeguards({ jumpBand: '0.999999999999' })],
  ])('are not %s', (_, changes) => {
    expect(placesOf(reachOf(changes))).toEqual([]);
  });
});

describe('the rule sets that come with the engine', () => {
  it.each(['house', 'house-guarded'] as const)('%s has nothing to say about its reach, not even a warning', (id) => {
    expect(reachOf(shippedFiles(id))).toEqual([]);
  });

  it('is followed as far as its files can be read', () => {
    const files = filesWith({});
    const broken = Object.keys(files).map((name): RuleFiles => ({ ...files, [name]: null }));
    expect(broken.map((each) => placesOf(checkReach(each)))).toEqual(broken.map(() => []));
  });
});
