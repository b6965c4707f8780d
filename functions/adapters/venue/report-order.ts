import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CommitOutcome, Order } from '#core/commit.ts';
import type { CancelInstruction, LiquidationOrder } from '#core/liquidation/order.ts';
import { type FillReport, fillsPastLimit, isWithinLimit, reportedOrder, reportRefusal } from '#core/liquidation/report-fills.ts';
import { untilCommitted } from '#functions/ports/until-committed.ts';
import { marketItem } from '../dynamodb/market-item.ts';
import { orderItem } from '../dynamodb/order-item.ts';
import { getItem } from '../dynamodb/read-items.ts';
import { sendTransaction } from '../dynamodb/send-transaction.ts';
import { encoded, VenueInputError } from './venue-input.ts';
import type { VenueAnswer, VenueTables } from './venue-tables.ts';

/** Everything that the venue has to tell about an order, or a part of it. */
export interface OrderReport extends FillReport {
  readonly orderId: string;
}

/** The order or instruction, strongly read; null where there is none. */
export const loadOrder = async ({ client, tables }: VenueTables, orderId: string): Promise<Order | null> => {
  const item = await getItem(client, tables.orders, { orderId });
  return item === null ? null : orderItem.decode(item);
};

/** Puts the order over exactly what it was loaded as: the same version, still open, the same last fill. */
const putReported = ({ tables }: VenueTables, before: LiquidationOrder, after: LiquidationOrder): TransactWriteItem => {
  const Item = encoded(orderItem, after);
  return {
    Put: {
      TableName: tables.orders,
      Item,
      ConditionExpression: '#version = :version AND #status = :new AND #fillSequence = :last AND #quantity >= :filled',
      ExpressionAttributeNames: { '#version': 'version', '#status': 'status', '#fillSequence': 'fillSequence', '#quantity': 'quantity' },
      ExpressionAttributeValues: {
        ':version': { N: String(before.version) },
        ':new': { S: 'NEW' },
        ':last': { N: String(before.fillSequence) },
        ':filled': Item.filledQuantity ?? { NULL: true },
      },
    },
  };
};

const putAcknowledged = ({ tables }: VenueTables, before: CancelInstruction): TransactWriteItem => ({
  Put: {
    TableName: tables.orders,
    Item: orderItem.encode({ ...before, status: 'ACKNOWLEDGED', version: before.version + 1, lastWriter: 'VENUE' }),
    ConditionExpression: '#version = :version AND #status = :new',
    ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
    ExpressionAttributeValues: { ':version': { N: String(before.version) }, ':new': { S: 'NEW' } },
  },
});

type Step = { readonly answer: Exclude<VenueAnswer, 'WRITTEN'> } | { readonly write: TransactWriteItem };

/** Reads the order, decides and writes; again where somebody wrote in between. Throws `CommitConflict` when somebody always does. */
const writeOrder = async (venue: VenueTables, orderId: string, stepOf: (order: Order) => Step | Promise<Step>): Promise<VenueAnswer> => {
  let answer: VenueAnswer = 'REFUSED';
  await untilCommitted(orderId, async (): Promise<CommitOutcome> => {
    const order = await loadOrder(venue, orderId);
    const step: Step = order === null ? { answer: 'REFUSED' } : await stepOf(order);
    answer = 'answer' in step ? step.answer : 'WRITTEN';
    if ('answer' in step) return 'COMMITTED';
    return (await sendTransaction(venue, [step.write])) === null ? 'COMMITTED' : 'CONFLICT';
  });
  return answer;
};

/** Whether the limit allows the fills that the report adds. The market, whose tick the limit was rounded to, is read only for a price that is worse. */
const allowsNewFills = async ({ client, tables }: VenueTables, before: LiquidationOrder, after: LiquidationOrder): Promise<boolean> => {
  const past = fillsPastLimit(before, after.fills.slice(before.fillSequence));
  if (past.length === 0) return true;
  const item = await getItem(client, tables.markets, { marketId: before.marketId });
  return item !== null && isWithinLimit(before, past, marketItem.decode(item).market.terms.tickSize);
};

/** Books fills, the end of an order, or both, in one write. Throws `VenueInputError` for a report that makes no sense whatever the order. */
export const reportOrder = async (venue: VenueTables, report: OrderReport): Promise<VenueAnswer> => {
  const refusal = reportRefusal(report);
  if (refusal !== null) throw new VenueInputError(refusal);
  return writeOrder(venue, report.orderId, async (order) => {
    if (order.kind !== 'LIQUIDATION') return { answer: 'REFUSED' };
    const after = reportedOrder(order, report);
    if (!after.ok) return { answer: 'REFUSED' };
    if (after.value === null) return { answer: 'ALREADY_THERE' };
    const isAllowed = await allowsNewFills(venue, order, after.value);
    return isAllowed ? { write: putReported(venue, order, after.value) } : { answer: 'REFUSED' };
  });
};

/** Says that no order of the account rests in the instruction's markets any more. */
export const acknowledgeCancel = (venue: VenueTables, orderId: string): Promise<VenueAnswer> =>
  writeOrder(venue, orderId, (order) => {
    if (order.kind !== 'CANCEL_ORDERS') return { answer: 'REFUSED' };
    return order.status === 'NEW' ? { write: putAcknowledged(venue, order) } : { answer: 'ALREADY_THERE' };
  });
