import { AMOUNT, COUNT, chosen, DURATION, moved, SHARE, type Wordings } from './wording.ts';

/** What is left to say of a rule once its conditions, its event and the order of all rules are told. */
export const RULE_WORDINGS: Wordings = {
  priority: (before, after) => ({ what: `priority ${String(before)} → ${String(after)}`, effect: 'asked in the same order as before' }),
  'event.params.fraction': moved('fraction of every position that is closed', SHARE, {
    more: 'more is closed at once',
    less: 'less is closed at once',
  }),
  'event.params.tiers': moved('tiers that a position goes down', COUNT, { more: 'more is closed at once', less: 'less is closed at once' }),
  'event.params.cooldown.notionalAbove': moved('positions that are closed in parts are worth more than', AMOUNT, {
    more: 'more positions are closed whole at once',
    less: 'more positions are closed in parts',
  }),
  'event.params.cooldown.length': moved('cooldown after a first part', DURATION, {
    more: 'it is longer until the cooldown has no effect any more',
    less: 'it is shorter until the cooldown has no effect any more',
  }),
  'event.params.cooldown.meanwhile': chosen('after a first part', {
    CLOSE_ALL: 'whole positions are closed within the cooldown',
    WAIT: 'nothing is sent within the cooldown, all of it after',
  }),
  'event.params.marginRatioBelow': moved('margin ratio that a share has to bring', SHARE, {
    more: 'less is closed, nearer to the next breach',
    less: 'more is closed at once',
  }),
  'event.params.minimumNotional': moved('least value that is closed of a position', AMOUNT, {
    more: 'more is closed of small positions',
    less: 'less is closed of small positions',
  }),
  'event.params.maximumNotional': moved('most value that a pool gives in an interval', AMOUNT, {
    more: 'large pools are closed faster',
    less: 'large pools are closed more slowly',
  }),
  'event.params.interval': moved('interval of a portion', DURATION, {
    more: 'pools are closed more slowly',
    less: 'pools are closed faster',
  }),
  'event.params.minimumShortage': moved('shortage that is worth a part', AMOUNT, {
    more: 'more positions are closed whole',
    less: 'fewer positions are closed whole',
  }),
};
