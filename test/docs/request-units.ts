import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Bytes of a number: two digits a byte, and one for sign and exponent. */
const numberBytes = (text: string): number => Math.ceil(text.replace(/^[-0.]+|[.-]|\.?0+$/g, '').length / 2) + 1;

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

const containerBytes = (sizes: readonly number[]): number => CONTAINER_BYTES + sizes.reduce((sum, size) => sum + ELEMENT_BYTES + size, 0);

const valueBytes = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.L !== undefined) return containerBytes(value.L.map(valueBytes));
  if (value.M !== undefined)
    return containerBytes(Object.entries(value.M).map(([name, each]) => Buffer.byteLength(name) + valueBytes(each)));
  return 1;
};

/**
 * Bytes of an item as the service counts them: names and values of its attributes, with what it adds for lists and maps.
 * Source: AWS, "DynamoDB item sizes and formats", read 2026-11-25.
 */
export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

const UNIT_OF_WRITING = 1024;
const UNIT_OF_READING = 4096;

/** Write units of an item; twice as many within a transaction. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / UNIT_OF_WRITING));

/** Read units of what one strong read found; reading nothing costs one. */
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / UNIT_OF_READING));
