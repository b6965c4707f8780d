import { booksInForce, type OpenedBooks, openBooks, type ServedBooks } from './serve-books.ts';
import { serveVenue } from './serve-venue.ts';
import { type ExampleMark, serverWords } from './server-words.ts';
import { openSession, type StackSession } from './stack-session.ts';

/** For a market that never had a mark. */
const ANY_PRICE = '100';

export interface ServeRequest extends ServedBooks {
  readonly port: number | undefined;
  /** Whether a simulated venue fills the orders; otherwise they wait for somebody else's. */
  readonly hasVenue: boolean;
  readonly signal: AbortSignal;
  /** Receives the words of a server that is ready. */
  readonly ready: (words: string) => void;
  /** Receives one line per event. */
  readonly say: (line: string) => void;
}

/** Resolves when the signal is given or the stack ends by itself; throws the reason of either. */
const untilEnd = async ({ stack, signal }: StackSession): Promise<never> => {
  const asked = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  if (!signal.aborted) {
    const broken = await Promise.race([stack.broken, asked]);
    if (broken !== undefined) throw new Error(`the local stack broke down: ${broken}`);
  }
  throw signal.reason;
};

/** A mark that the first market would take, near the price that it is known by. */
const nextMark = async (session: StackSession, { ruleSet: { id }, markPrice }: OpenedBooks): Promise<ExampleMark> => {
  const { fundIds, ruleSet } = await booksInForce(session, id);
  const [marketId = ''] = fundIds.keys();
  const market = await session.operator(ruleSet, fundIds).loadMarket(marketId);
  const price = market?.accepted?.markPrice.toFixed() ?? markPrice ?? ANY_PRICE;
  return { marketId, sequence: (market?.sequenceSeen ?? 0) + 1, price, at: Date.now() };
};

/**
 * Runs the local stack as a server, by the machine's clock, until the signal, whose reason it then throws. A second start on the same folder goes on with
 * its books. Returns only where this machine has no emulator. Throws `BadInput` for books that cannot be served.
 */
export const serve = async (request: ServeRequest): Promise<void> => {
  const { dataFolder, port, signal, say, ready, hasVenue } = request;
  const books = openBooks(request);
  const session = await openSession({ dataFolder, ruleSetId: books.ruleSet.id, clock: 'SYSTEM', signal, say, port });
  if (session === null) return;
  try {
    await books.seed(session);
    ready(serverWords(session.stack, books, await nextMark(session, books)));
    await Promise.race([untilEnd(session), ...(hasVenue ? [serveVenue(session, books.ruleSet.id, say)] : [])]);
  } finally {
    await session.close();
  }
};
