/** Tells whether a stream record goes to the function. */
export type RecordFilter = (record: unknown) => boolean;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const refuse = (part: unknown): never => {
  throw new Error(`a filter pattern may not hold \`${JSON.stringify(part)}\``);
};

const textOf = (comparison: JsonObject, name: string): string => {
  const text = comparison[name];
  return typeof text === 'string' && text !== '' ? text : refuse(comparison);
};

const onText =
  (test: (text: string) => boolean): RecordFilter =>
  (value) =>
    typeof value === 'string' && test(value);

/** What `anything-but` leaves out: a value, any of a list, or all values that begin alike. An absent field is never "anything". */
const anythingBut = (excluded: unknown): RecordFilter => {
  if (isObject(excluded)) {
    const prefix = textOf(excluded, 'prefix');
    return onText((text) => !text.startsWith(prefix));
  }
  const values = Array.isArray(excluded) ? excluded : [excluded];
  if (values.length === 0 || !values.every(isScalar)) return refuse(excluded);
  return (value) => isScalar(value) && !values.includes(value);
};

const namedComparison = (comparison: JsonObject): RecordFilter => {
  const [name, ...more] = Object.keys(comparison);
  if (name === undefined || more.length > 0) return refuse(comparison);
  const operand = comparison[name];
  switch (name) {
    case 'prefix': {
      const prefix = textOf(comparison, name);
      return onText((text) => text.startsWith(prefix));
    }
    case 'suffix': {
      const suffix = textOf(comparison, name);
      return onText((text) => text.endsWith(suffix));
    }
    case 'exists':
      return typeof operand === 'boolean' ? (value) => isScalar(value) === operand : refuse(comparison);
    case 'anything-but':
      return anythingBut(operand);
    default:
      // `numeric` too: numbers of DynamoDB are strings in a record, so that it would silently match nothing.
      return refuse(comparison);
  }
};

const comparisonOf = (comparison: unknown): RecordFilter => {
  if (isScalar(comparison)) return (value) => value === comparison;
  return isObject(comparison) ? namedComparison(comparison) : refuse(comparison);
};

/** A field of a set attribute matches when any of its elements does. */
const leafFilter = (comparisons: readonly unknown[]): RecordFilter => {
  if (comparisons.length === 0) return refuse(comparisons);
  const tests = comparisons.map(comparisonOf);
  const matches: RecordFilter = (value) => tests.some((test) => test(value));
  return (value) => (Array.isArray(value) ? value.some(matches) : matches(value));
};

const fieldOf = (value: unknown, name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

const objectFilter = (pattern: JsonObject): RecordFilter => {
  const fields = Object.entries(pattern).map(([name, part]) => [name, partFilter(part)] as const);
  if (fields.length === 0) return refuse(pattern);
  return (value) => fields.every(([name, matches]) => matches(fieldOf(value, name)));
};

const partFilter = (part: unknown): RecordFilter => {
  if (Array.isArray(part)) return leafFilter(part);
  return isObject(part) ? objectFilter(part) : refuse(part);
};

/**
 * Reads one filter pattern of an event source mapping. Fields are all required; the comparisons of one field are alternatives: a value exactly, `prefix`,
 * `suffix`, `exists`, `anything-but`. `exists` looks at leaves only, as the service does: an attribute's type and value, not the attribute.
 * Refuses what it does not know, so that no filter means something else here than there.
 */
export const parseFilterPattern = (text: string): RecordFilter => {
  const pattern: unknown = JSON.parse(text);
  return isObject(pattern) ? objectFilter(pattern) : refuse(pattern);
};

/** A record passes when any pattern lets it; without patterns all pass. */
export const anyFilter = (patterns: readonly string[]): RecordFilter => {
  const filters = patterns.map(parseFilterPattern);
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
};
