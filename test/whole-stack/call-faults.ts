/** What the embedded database takes and the service refuses, or must not be asked. */

type Fields = Readonly<Record<string, unknown>>;

const EXPRESSIONS = ['ConditionExpression', 'FilterExpression', 'KeyConditionExpression', 'ProjectionExpression', 'UpdateExpression'];
const FUNCTIONS = /\b(?:attribute_(?:not_)?exists|attribute_type|begins_with|contains|size|if_not_exists|list_append)\s*\(/g;
const KEYWORDS = /^(?:AND|OR|NOT|IN|BETWEEN|SET|REMOVE|ADD|DELETE)$/i;

const READS = /^(?:GetItem|Query|Scan)Command$/;
const WRITES = /^(?:PutItem|UpdateItem|DeleteItem)Command$/;

/** Words of an expression that are an attribute's own name: one of the service's 573 reserved words there has it refuse the request. */
export const bareWords = (expression: string): readonly string[] =>
  (
    expression
      .replace(/[#:]\w+/g, ' ')
      .replace(FUNCTIONS, '(')
      .match(/[A-Za-z_][\w.-]*/g) ?? []
  ).filter((word) => !KEYWORDS.test(word));

const expressionsIn = (request: Fields): readonly string[] =>
  EXPRESSIONS.flatMap((name) => (typeof request[name] === 'string' ? [request[name]] : []));

/** Placeholders that an expression has and nobody gives, or that are given and stand in none: the service refuses both. */
const loosePlaceholders = (request: Fields): readonly string[] => {
  const used = [...new Set(expressionsIn(request).flatMap((expression) => expression.match(/[#:]\w+/g) ?? []))];
  const given = [...Object.keys(request.ExpressionAttributeNames ?? {}), ...Object.keys(request.ExpressionAttributeValues ?? {})];
  return [...used.filter((name) => !given.includes(name)), ...given.filter((name) => !used.includes(name))];
};

const expressionFaults = (request: Fields): readonly string[] => [
  ...expressionsIn(request).flatMap((expression) => bareWords(expression).map((word) => `\`${word}\` stands bare in \`${expression}\``)),
  ...loosePlaceholders(request).map((name) => `\`${name}\` is not both used and given`),
];

const readFaults = (request: Fields): readonly string[] => [
  ...(request.ConsistentRead === true ? [] : ['a read is not strong']),
  ...expressionFaults(request),
];

const writeFaults = (request: Fields): readonly string[] => [
  ...(typeof request.ConditionExpression === 'string' ? [] : ['a write has no condition']),
  ...expressionFaults(request),
];

/** What is wrong with a request, whoever sends it. A command that nobody has looked at here is wrong. */
export const faultsOf = (command: string, input: unknown): readonly string[] => {
  const request: Fields = Object(input);
  if (READS.test(command)) return readFaults(request);
  if (WRITES.test(command)) return writeFaults(request);
  if (command === 'BatchGetItemCommand') return Object.values(Object(request.RequestItems)).flatMap((keys) => readFaults(Object(keys)));
  if (command !== 'TransactWriteItemsCommand') return [`nobody knows what \`${command}\` may do`];
  const items: readonly unknown[] = Array.isArray(request.TransactItems) ? request.TransactItems : [];
  return items.flatMap((item) => Object.values(Object(item)).flatMap((write) => writeFaults(Object(write))));
};
