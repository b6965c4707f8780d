import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';

/** Reads a case. */
export interface CasePort {
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
}

/**
 * Whether a case still is as it was read. Everything that moves a case writes it together with pool, orders and fund, so what was read after the case belongs
 * with it only while this holds. Asked last, before anything is decided: else a delivery that another one overtakes would see the fund pay, or the
 * pool close, what is booked already, and take it for a broken promise.
 */
export const isAsRead = async ({ loadCase }: CasePort, liquidation: LiquidationCase): Promise<boolean> =>
  (await loadCase(liquidation.caseId))?.version === liquidation.version;
