import { z } from 'zod';
import { closed, dateText, idText, marketOrAny, text, versionText } from './schema-primitives.ts';

const sourceSchema = closed({
  title: text.min(1).describe('What was read.'),
  url: text
    .regex(/^https?:\/\/\S+$/, { error: 'expected a web address such as "https://example.com/rules"' })
    .describe('Where it was read.'),
  readOn: dateText.describe('When it was read. ISO 8601 date.'),
}).transform(({ title, url, readOn }) => ({ title, url, readOn }));

/** `rule-set.json`: name, version and origin of the law. */
export const manifestSchema = closed({
  id: idText.describe('Name of the rule set.'),
  version: versionText.describe('Three numbers. A released version never changes.'),
  description: text.min(1).describe('What the rule set is for, in a sentence or two.'),
  sources: z.array(sourceSchema).describe('Documents that the numbers come from.'),
  markets: z.array(marketOrAny).min(1).describe('Market ids that the law is for; `*` for all.'),
}).meta({ title: 'Rule set', description: 'Name, version and origin of a rule set.' });
