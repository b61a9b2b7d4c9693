import type { DescribedObject, ItemResult, LeadConversion } from '../../src/ports/org.ts';
import { field, object } from '../mapping/support/mappings.ts';
import { HoldingOrg } from './holding-org.ts';

/** An org whose leads can be converted. */
export class LeadsOrg extends HoldingOrg {
  /** Null where the integration user does not see the object. */
  lead: DescribedObject | null = {
    ...object(
      'Lead',
      field('Id', 'id'),
      field('Email', 'email'),
      field('IsConverted', 'boolean'),
      field('OwnerId', 'reference'),
      field('Woo_Contact__c', 'reference'),
    ),
    createable: true,
    updateable: true,
    deletable: true,
  };

  addLead(more: Record<string, unknown> = {}): string {
    return this.add('Lead', { Email: 'ada@shop.example', IsConverted: false, ...more });
  }

  describe(): Promise<ReadonlyMap<string, DescribedObject>> {
    return Promise.resolve(new Map(this.lead === null ? [] : [['Lead', this.lead]]));
  }

  convertLeads(conversions: readonly LeadConversion[]): Promise<readonly ItemResult[]> {
    for (const { leadId, accountId, contactId, convertedStatus } of conversions)
      Object.assign(this.get('Lead', leadId) ?? {}, {
        IsConverted: true,
        Status: convertedStatus,
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
      });
    return Promise.resolve(conversions.map(() => ({ id: null, created: false, errors: [] })));
  }
}
