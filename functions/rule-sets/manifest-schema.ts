import { z } from 'zod';
import { field } from './field-text.ts';
import { closed, dateText, idText, marketOrAny, text, versionText } from './schema-primitives.ts';

const sourceSchema = field(
  closed({
    title: field(text.min(1), { title: 'Title', what: 'What was read: document, section, date of its numbers.' }),
    url: field(text.regex(/^https?:\/\/\S+$/, { error: 'expected a web address such as "https://example.com/rules"' }), {
      title: 'Address',
      what: 'Where it was read.',
      examples: ['https://example.com/rules'],
    }),
    readOn: field(dateText, {
      title: 'Read on',
      what: 'When it was read: venues change their pages. ISO 8601 date.',
      examples: ['2026-11-22'],
    }),
  }).transform(({ title, url, readOn }) => ({ title, url, readOn })),
  {
    title: 'Source',
    what: 'One document that numbers come from.',
    snippets: [
      { label: 'source', description: 'A document with address and date.', body: { title: '$1', url: 'https://$2', readOn: '$3' } },
    ],
  },
);

/** `rule-set.json`: name, version and origin of the law. */
export const manifestSchema = field(
  closed({
    id: field(idText, {
      title: 'Id',
      what: 'Name of the rule set, which is the name of the folder that its versions stand in.',
      examples: ['house'],
    }),
    version: field(versionText, {
      title: 'Version',
      what: 'Three numbers, which are the name of the folder. A released version never changes: open cases are settled under it.',
      effect: 'A changed number or choice is at least a new middle number; a corrected note needs no new version.',
      examples: ['1.0.0'],
    }),
    description: field(text.min(1), { title: 'Description', what: 'What the rule set is for, in a sentence or two.' }),
    sources: field(z.array(sourceSchema), {
      title: 'Sources',
      what: 'Documents that the numbers come from. What no document says belongs into `notes`, as ours.',
    }),
    markets: field(z.array(field(marketOrAny, { title: 'Market', what: 'A market id, or `*` for all.', examples: ['*'] })).min(1), {
      title: 'Markets',
      what: 'Market ids that the law is for; `*` for all.',
      examples: [['*']],
    }),
  }),
  { title: 'Rule set', what: 'Name, version and origin of a rule set.' },
);
