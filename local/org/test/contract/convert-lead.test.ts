import { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { deployFiles, failuresOf, file } from '../../metadata/test/packages.ts';
import { deployTestObjects } from '../objects.ts';
import { errorOf } from './http-org.ts';
import { RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

const CONVERTED = 'Closed - Converted';
const refusing = (condition: string): string =>
  file(
    'CustomObject',
    `<validationRules><fullName>No</fullName><active>true</active><errorConditionFormula>${condition}</errorConditionFormula><errorMessage>No.</errorMessage></validationRules>`,
  );

const ADDRESS = { Street: '1 Lane', City: 'Bath', State: 'Avon', PostalCode: 'BA1', Country: 'UK' };
const OF_ADA = {
  Phone: '2',
  FirstName: 'Ada',
  Salutation: 'Ms.',
  Title: 'Countess',
  Fax: '3',
  Email: 'ada@b.example',
  MobilePhone: '4',
  Website: 'b.example',
  Industry: 'Energy',
  Rating: 'Hot',
  AnnualRevenue: 5,
  NumberOfEmployees: 6,
  ...ADDRESS,
};
const addressOf = (kind: string) =>
  Object.fromEntries(Object.entries(ADDRESS).map(([name, value]) => [`${kind}${name}`, value]));
const TO_CONTACT = {
  FirstName: 'Ada',
  Salutation: 'Ms.',
  Title: 'Countess',
  Fax: '3',
  MobilePhone: '4',
  Email: 'ada@b.example',
  ...addressOf('Mailing'),
};
const TO_ACCOUNT = {
  Phone: '2',
  Fax: '3',
  Website: 'b.example',
  Industry: 'Energy',
  Rating: 'Hot',
  AnnualRevenue: 5,
  NumberOfEmployees: 6,
  ...addressOf('Billing'),
};

let org: RightsOrg;
let rep: User;
let accountId: string;
let contactId: string;
const soapOf = (user: User) =>
  new Connection({ instanceUrl: org.url, accessToken: user.token, version: '66.0' }).soap;
const lead = (LastName: string, more: Record<string, string | number> = {}): string =>
  org.insert('Lead', {
    LastName,
    Name: LastName,
    Company: 'Engines',
    Status: 'Open - Not Contacted',
    IsConverted: 0,
    OwnerId: rep.id,
    ...more,
  });
const into = (leadId: string, more: object = {}) => ({
  leadId,
  accountId,
  contactId,
  convertedStatus: CONVERTED,
  doNotCreateOpportunity: true,
  overwriteLeadSource: false,
  sendNotificationEmail: false,
  ...more,
});
const codes = (
  results: readonly { success: boolean; errors?: readonly { statusCode: string }[] | null }[],
): readonly string[] =>
  results.map(({ success, errors }) => (success ? 'ok' : String(errors?.[0]?.statusCode)));

beforeAll(async () => {
  org = await RightsOrg.start({}, (data) => {
    deployTestObjects(data);
    const failures = failuresOf(
      deployFiles(data, {
        'objects/Lead.object': refusing('LastName = "Robot"'),
        'objects/Contact.object': refusing('Title = "Robot"'),
      }),
    );
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
  rep = org.person('rep2@local-org.example', 'Standard User');
});
beforeEach(() => {
  accountId = org.insert('Account', { Name: 'Engines', OwnerId: rep.id });
  contactId = org.insert('Contact', {
    LastName: 'Lovelace',
    Name: 'Lovelace',
    AccountId: accountId,
    OwnerId: rep.id,
    Phone: '1',
  });
});
afterAll(() => org.close());

statement(
  '`convertLead` of the Partner SOAP API (`/services/Soap/u/66.0`, the session in its header) converts up to 100 leads into an account and one of its contacts, each by itself. The lead gets the status and is tied to both; these get what they lack, and the lead’s source with `overwriteLeadSource`.',
  async () => {
    const [one, other] = [lead('Ada', OF_ADA), lead('Bo')];
    const results = await soapOf(rep).convertLead([into(one), into(other)]);
    expect(results[0]).toMatchObject({ success: true, leadId: one, accountId, contactId });
    expect(codes(results)).toEqual(['ok', 'ok']);
    const of = (id: string, ...fields: string[]) =>
      fields.map((name) => org.value('Lead', id, name));
    expect(of(one, 'IsConverted', 'Status', 'ConvertedAccountId', 'ConvertedContactId')).toEqual([
      1,
      CONVERTED,
      accountId,
      contactId,
    ]);
    expect(org.value('Contact', contactId, 'Phone')).toBe('1');
    const held = (object: string, id: string, fields: object) =>
      Object.keys(fields).map((name) => [name, org.value(object, id, name)]);
    expect(held('Contact', contactId, TO_CONTACT)).toEqual(Object.entries(TO_CONTACT));
    expect(held('Account', accountId, TO_ACCOUNT)).toEqual(Object.entries(TO_ACCOUNT));
    expect(org.value('Lead', one, 'ConvertedDate')).toMatch(/^\d{4}-\d\d-\d\d$/);

    const sourceAfter = async (overwriteLeadSource: boolean): Promise<unknown> => {
      const id = lead('Cy', { LeadSource: 'Web' });
      expect(codes(await soapOf(rep).convertLead([into(id, { overwriteLeadSource })]))).toEqual([
        'ok',
      ]);
      return org.value('Contact', contactId, 'LeadSource');
    };
    await rep.rest('PATCH', `/sobjects/Contact/${contactId}`, { LeadSource: 'Phone Inquiry' });
    expect(await sourceAfter(false)).toBe('Phone Inquiry');
    expect(await sourceAfter(true)).toBe('Web');
  },
);

describe('what is refused', () => {
  statement(
    'A lead is refused for itself: `CANNOT_UPDATE_CONVERTED_LEAD` where it was converted, `INVALID_STATUS` for a status that no conversion sets (`LeadStatus` has `IsConverted`), `INVALID_CROSS_REFERENCE_KEY` where the contact is not of the account, `MALFORMED_ID` for an id of something else, the codes of validation rules, rights and sharing; the others are converted.',
    async () => {
      const [done, robot, butler, hidden] = [
        lead('Ada'),
        lead('Robot'),
        lead('Bo', { Title: 'Robot' }),
        lead('Eve', { OwnerId: org.admin.id }),
      ];
      await soapOf(rep).convertLead(into(done));
      const stranger = org.insert('Contact', { LastName: 'X', Name: 'X', OwnerId: rep.id });
      const other = org.insert('Account', { Name: 'Other', OwnerId: rep.id });
      const results = await soapOf(rep).convertLead([
        into(done),
        into(lead('Cy'), { convertedStatus: 'Working - Contacted' }),
        into(lead('Di'), { contactId: stranger }),
        into(lead('Di'), { accountId: other }),
        into(contactId),
        into(robot),
        into(butler),
        into(lead('Flo')),
      ]);
      expect(codes(results)).toEqual([
        'CANNOT_UPDATE_CONVERTED_LEAD',
        'INVALID_STATUS',
        'INVALID_CROSS_REFERENCE_KEY',
        'INVALID_CROSS_REFERENCE_KEY',
        'MALFORMED_ID',
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        'ok',
      ]);
      expect(org.value('Lead', robot, 'Status')).toBe('Open - Not Contacted');
      // It is the contact that is refused, after the lead was saved.
      expect(org.value('Lead', butler, 'Status')).toBe('Open - Not Contacted');
      const outsider = org.person('outsider@local-org.example', 'Minimum Access - Salesforce');
      outsider.grant({ permissions: ['ApiEnabled'] });
      expect(codes(await soapOf(outsider).convertLead([into(hidden)]))).toEqual([
        'INSUFFICIENT_ACCESS_OR_READONLY',
      ]);
      outsider.grant({ permissions: ['ConvertLeads'] }, 'Converting');
      expect(codes(await soapOf(outsider).convertLead([into(hidden)]))).toEqual([
        'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      ]);
    },
  );

  statement(
    'A lead that a queue owns is converted only where the call names a user as owner: else `UNKNOWN_EXCEPTION`, and `INACTIVE_OWNER_OR_USER` for one who is not active. Account and contact keep theirs.',
    async () => {
      const ofQueue = lead('Gus', { OwnerId: '00G000000000001AAA' });
      expect(codes(await soapOf(rep).convertLead([into(ofQueue)]))).toEqual(['UNKNOWN_EXCEPTION']);
      const gone = org.person('gone@local-org.example', 'Standard User').id;
      org.org.data.putSystemRow(
        'User',
        { Username: 'gone@local-org.example' },
        { IsActive: false },
      );
      expect(codes(await soapOf(rep).convertLead([into(ofQueue, { ownerId: gone })]))).toEqual([
        'INACTIVE_OWNER_OR_USER',
      ]);
      const named = { ownerId: org.admin.id };
      expect(codes(await soapOf(rep).convertLead([into(ofQueue, named)]))).toEqual(['ok']);
      expect(org.value('Contact', contactId, 'OwnerId')).toBe(rep.id);
    },
  );

  statement('A converted lead takes no change: `CANNOT_UPDATE_CONVERTED_LEAD`.', async () => {
    const id = lead('Ada');
    await soapOf(rep).convertLead(into(id));
    const { body } = await rep.rest('PATCH', `/sobjects/Lead/${id}`, { Title: 'Countess' });
    expect(body).toMatchObject([{ errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }]);
  });

  statement(
    'The whole call is refused with a SOAP fault: `INVALID_SESSION_ID` without a session, `MISSING_ARGUMENT`, `EXCEEDED_ID_LIMIT` for more than 100 leads; a conversion that would make an account, a contact or an opportunity, and every other SOAP call is `NOT_EMULATED`.',
    async () => {
      const code = async (work: PromiseLike<unknown>) =>
        ((await errorOf(work)) as { code: string }).code;
      const { soap } = new Connection({ instanceUrl: org.url, accessToken: 'x', version: '66.0' });
      expect(await code(soap.convertLead(into(lead('Ada'))))).toBe('sf:INVALID_SESSION_ID');
      const asked = (more: object) => code(soapOf(rep).convertLead(into(lead('Ada'), more)));
      expect(await asked({ convertedStatus: '' })).toBe('sf:MISSING_ARGUMENT');
      expect(await asked({ doNotCreateOpportunity: false })).toBe('sf:NOT_EMULATED');
      expect(await asked({ contactId: '' })).toBe('sf:NOT_EMULATED');
      const many = Array.from({ length: 101 }, () => into(accountId));
      expect(await code(soapOf(rep).convertLead(many))).toBe('sf:EXCEEDED_ID_LIMIT');
      expect(await code(soapOf(rep).getServerTimestamp())).toBe('sf:NOT_EMULATED');
    },
  );
});
