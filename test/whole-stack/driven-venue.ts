import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Order } from '#core/commit.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import { quantity } from '#core/units/money.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { type VenueClient, venueClient } from '#functions/adapters/venue/venue-client.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { DepthUse } from '#local/replay/depth-use.ts';
import { matchedQuantity } from '#local/replay/match-order.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import { runAs } from '#local/stack/current-function.ts';
import { setHeld } from '#local/stack-replay/lanes.ts';
import { observationsOf } from '../support/delivery.ts';
import { until, type WholeStack } from './whole-stack.ts';

/** A venue beside the whole stack: it publishes the marks of its path and ends the orders that come of them. It calls the database as `venue`. */
export class DrivenVenue {
  readonly #whole: WholeStack;
  readonly #inputs: ReplayInputs;
  readonly #depth = new DepthUse();
  readonly #client: VenueClient;

  constructor(whole: WholeStack, inputs: ReplayInputs) {
    this.#whole = whole;
    this.#inputs = inputs;
    this.#client = venueClient({ client: whole.client, tables: whole.tables });
  }

  /** Has the venue do something. */
  async does<Answer>(what: (client: VenueClient) => Promise<Answer>): Promise<Answer> {
    const answer = await runAs('venue', () => what(this.#client));
    this.#whole.stack.hurry();
    return answer;
  }

  async publish(observation: MarkObservation): Promise<void> {
    const { marketId, sequence } = observation;
    await this.does((client) => client.publishObservation({ ...observation, source: 'test' }));
    await until(`mark ${marketId}#${sequence} is looked at`, async () => {
      const seen = (await this.#whole.ports.loadMarket(marketId))?.sequenceSeen ?? 0;
      return seen >= sequence;
    });
  }

  async orders(): Promise<readonly Order[]> {
    const { client, tables } = this.#whole;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.orders, ConsistentRead: true }));
    return Items.map(orderItem.decode);
  }

  /** Ends what is open, with the fills that the present marks and their depth give. */
  async endOrders(): Promise<void> {
    for (const order of await this.orders()) {
      if (order.kind === 'CANCEL_ORDERS' && order.status === 'NEW') await this.does((client) => client.acknowledgeCancel(order.orderId));
      if (order.kind === 'LIQUIDATION' && order.status === 'NEW') await this.#end(order);
    }
  }

  /** Ends the orders of all waves in line, until none is. */
  async finish(): Promise<void> {
    await until('all lanes are empty', async () => {
      await this.endOrders();
      const lanes = await Promise.all(this.#fundIds().map((fundId) => this.#whole.ports.loadLane(fundId)));
      return lanes.every(({ waves }) => waves.length === 0);
    });
  }

  /** Publishes the marks of some instants, each after the waves of the one before; several marks of one instant before the first of its waves. */
  async run(groups: readonly MarkGroup[] = this.#inputs.groups): Promise<void> {
    for (const group of groups) {
      const isMany = group.marks.length > 1;
      if (isMany) await this.#hold(true);
      for (const observation of observationsOf(group)) await this.publish(observation);
      if (isMany) await this.#hold(false);
      await this.finish();
    }
  }

  #fundIds(): readonly string[] {
    return [...new Set(this.#inputs.fundIds.values())];
  }

  async #hold(held: boolean): Promise<void> {
    for (const fundId of this.#fundIds()) await setHeld(this.#whole.ports, fundId, held);
    this.#whole.stack.hurry();
  }

  async #end(order: LiquidationOrder): Promise<void> {
    const { orderId, marketId } = order;
    const market = await this.#whole.ports.loadMarket(marketId);
    const mark = market?.accepted?.markPrice;
    if (market === null || mark === undefined) return;
    const left = { ...order, quantity: quantity(order.quantity.minus(order.filledQuantity)) };
    const filled = matchedQuantity(left, market, this.#inputs.depthPerMark.get(marketId), this.#depth.usedAt(market));
    if (filled.isZero()) {
      await this.does((client) => client.endOrder({ orderId, fillSequence: order.fillSequence }));
      return;
    }
    this.#depth.add(market, filled);
    const fillSequence = order.fillSequence + 1;
    await this.does((client) => client.reportAndEnd({ orderId, fillSequence, fills: [{ quantity: filled, price: mark }] }));
  }
}
