/**
 * A record that no retry will make better: its ids mean nothing here. Thrown by whoever rings; the record is quarantined with the message as its reason
 * and acknowledged, so that the others go on.
 */
export class PoisonRecord extends Error {
  override readonly name = 'PoisonRecord';
}
