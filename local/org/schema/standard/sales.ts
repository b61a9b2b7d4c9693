import {
  checkbox,
  currency,
  date,
  picklist,
  readOnly,
  reference,
  required,
  text,
  textArea,
  values,
} from '../fields.ts';
import { ownerField } from '../system-fields.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { leadSources } from './people.ts';

/** Without its members, its parents and what the org adds up. */
export const campaign: ObjectDefinition = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  kind: 'standard',
  sharingModel: 'Read',
  nameField: 'Name',
  fields: [
    text('Name', 80, required, { label: 'Campaign Name' }),
    picklist('Type', 255, values('Advertisement|Email|Telemarketing|Banner Ads|Other')),
    picklist('Status', 255, values('Planned|In Progress|Completed|Aborted', 'Planned'), {
      defaultValue: 'Planned',
    }),
    date('StartDate'),
    date('EndDate'),
    checkbox('IsActive', { label: 'Active' }),
    textArea('Description', 32_000),
    ownerField,
  ],
};

/** Without its probability and forecast category, which the org makes of the stage too. */
export const opportunity: ObjectDefinition = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  kind: 'standard',
  sharingModel: 'ReadWrite',
  nameField: 'Name',
  fields: [
    reference('AccountId', ['Account'], { childRelationshipName: 'Opportunities' }),
    text('Name', 120, required, { label: 'Opportunity Name' }),
    textArea('Description', 32_000),
    picklist(
      'StageName',
      255,
      values(
        'Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|' +
          'Perception Analysis|Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost',
      ),
      required,
      { label: 'Stage' },
    ),
    checkbox('IsClosed', readOnly, { label: 'Closed' }),
    checkbox('IsWon', readOnly, { label: 'Won' }),
    currency('Amount', 2),
    date('CloseDate', required),
    picklist(
      'Type',
      255,
      values(
        'Existing Customer - Upgrade|Existing Customer - Replacement|Existing Customer - Downgrade|New Customer',
      ),
      { label: 'Opportunity Type' },
    ),
    text('NextStep', 255),
    picklist('LeadSource', 255, leadSources),
    reference('Pricebook2Id', ['Pricebook2'], { childRelationshipName: 'Opportunities' }),
    reference('ContactId', ['Contact'], readOnly),
    reference('CampaignId', ['Campaign'], { childRelationshipName: 'Opportunities' }),
    ownerField,
  ],
};
