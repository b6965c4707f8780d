/** What happens in a local stack and is worth a line in a log. */
export type StackEvent =
  | { readonly kind: 'BATCH_FAILED'; readonly mappingId: string; readonly records: number; readonly reason: string }
  | {
      readonly kind: 'RECORDS_DISCARDED';
      readonly mappingId: string;
      readonly records: number;
      readonly reason: string;
      readonly file: string | null;
    }
  | { readonly kind: 'STREAM_UNREADABLE'; readonly mappingId: string; readonly reason: string }
  | { readonly kind: 'SCHEDULE_FAILED'; readonly functionName: string; readonly reason: string };

/** The reason that an error gives, in one line. */
export const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
};
