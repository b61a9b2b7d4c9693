import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { deployFiles, failuresOf, object } from '../../../local/org/metadata/test/packages.ts';
import { CodedError } from '../../../sidecar/src/errors/coded-error.ts';
import { AdminSession } from './admin-session.ts';
import { orgModels, planSharing, shippedModels } from './sharing.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(() => org.close());

const shipped = new Map([
  ['Woo_Order__c', 'Private'],
  ['Woo_Store_Status__c', 'Read'],
]);
const upgrade = (models: Readonly<Record<string, string>>) =>
  planSharing(new Map(Object.entries(models)), shipped, true);

it('objects that show personal data ship private', () => {
  expect(Object.fromEntries(shippedModels())).toEqual({
    Woo_Attention__c: 'Private',
    Woo_Command__c: 'Private',
    Woo_Mapping_Save__c: 'Private',
    Woo_Match__c: 'Private',
    Woo_Order__c: 'Private',
    Woo_Store_Status__c: 'Read',
    Woo_Sync_Issue__c: 'Private',
  });
});

it('the org says how its objects are shared, of those that it has', async () => {
  expect(await orgModels(session)).toEqual(new Map());
  const files = { 'objects/Woo_Order__c.object': object('Woo Order', '', 'ReadWrite') };
  expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
  expect(await orgModels(session)).toEqual(new Map([['Woo_Order__c', 'ReadWrite']]));
});

describe('an upgrade', () => {
  it('has nothing to say where the org is new, or has what is shipped', () => {
    expect(upgrade({})).toEqual({ env: {}, notes: [] });
    expect(upgrade(Object.fromEntries(shipped))).toEqual({ env: {}, notes: [] });
  });

  it.each(['Read', 'ReadWrite'])('leaves orders as they are where they are %s', (model) => {
    const { env, notes } = upgrade({ Woo_Order__c: model });
    expect(env).toEqual({ WOO_ORDER_SHARING: model });
    expect(notes).toEqual([expect.stringMatching(/^Woo_Order__c stays Public Read/)]);
  });

  it.each([
    ['Private', 'is Private in the org, and this deploy would make it Public Read Only'],
    ['ReadWrite', 'is Public Read/Write in the org, and this deploy would make it'],
  ])('is refused where it would change a model: %s', (model, words) => {
    const refused = () => upgrade({ Woo_Store_Status__c: model });
    expect(refused).toThrow(CodedError);
    expect(refused).toThrow(words);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'DEPLOY_SHARING_DIFFERS',
        cure: expect.stringContaining(`<sharingModel>${model}</sharingModel>`) as string,
      }),
    );
  });
});

describe('a deploy of the whole', () => {
  it('may close, and says so, and never opens', () => {
    const orders = planSharing(new Map([['Woo_Order__c', 'Read']]), shipped, false);
    expect(orders.env).toEqual({});
    expect(orders.notes).toEqual([expect.stringMatching(/^Woo_Order__c becomes Private/)]);
    const status = new Map([['Woo_Store_Status__c', 'Private']]);
    expect(() => planSharing(status, shipped, false)).toThrow(CodedError);
  });
});
