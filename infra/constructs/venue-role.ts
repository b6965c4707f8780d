import { AccountRootPrincipal, type IPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { STREAM_READING, VENUE_ACCESS } from './access.ts';
import type { EngineTables } from './engine-tables.ts';
import { tableStatements } from './roles.ts';

/** The role that the venue takes on to write marks, trades and fills, and to follow its orders: it is the second reader of their stream. */
export class VenueRole extends Construct {
  readonly role: Role;

  /** `venue` may take the role on; null for whoever this account lets. */
  constructor(scope: Construct, id: string, tables: EngineTables, venue: IPrincipal | null) {
    super(scope, id);
    this.role = new Role(this, 'Role', { description: 'what the venue may write', assumedBy: venue ?? new AccountRootPrincipal() });
    for (const statement of tableStatements(VENUE_ACCESS, tables)) this.role.addToPolicy(statement);
    this.role.addToPolicy(new PolicyStatement({ actions: [...STREAM_READING], resources: [tables.streamOf('Orders')] }));
  }
}
