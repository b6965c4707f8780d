import { handler as answer } from './administer-rules.mjs';
import brought from './brought-rules.json' with { type: 'json' };

const isEmpty = (event) => event === undefined || event === null || Object.keys(event).length === 0;

/** What is deployed of `administer-rules` where rules come with it: a deployment invokes without an event, and means what it brought. */
export const handler = (event, context) => answer(isEmpty(event) ? brought : event, context);
