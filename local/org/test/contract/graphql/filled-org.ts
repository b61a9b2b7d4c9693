import { HttpOrg, nodes, read } from './graphql-org.ts';

interface FilledOrg {
  readonly org: HttpOrg;
  /** Id of the contact of the first order. */
  readonly ada: string;
  /** Id of the first order. */
  readonly first: string;
}

/** An org with a contact, its order with two items, and two more orders. */
export async function filledOrg(): Promise<FilledOrg> {
  const org = await HttpOrg.start();
  const account = await org.create('Account', { Name: 'Analytical Engines' });
  const ada = await org.create('Contact', {
    LastName: 'Lovelace',
    FirstName: 'Ada',
    AccountId: account,
    Email: 'ada@example.com',
  });
  const first = await org.create('Woo_Order__c', {
    Name: 'A',
    Total__c: 1234.5,
    Status__c: 'completed',
    Day__c: '2026-02-11',
    Created_In_Woo__c: '2026-08-28T14:30:00+02:00',
    Contact__c: ada,
    Tags__c: 'new;gift',
  });
  await org.create('Woo_Order__c', { Name: 'B', Total__c: 20, Status__c: 'pending' });
  await org.create('Woo_Order__c', { Name: 'C', Status__c: 'refunded', Customer_Note__c: 'call' });
  for (const Name of ['Tea', 'Mug']) {
    await org.create('Woo_Order_Item__c', { Name, Order__c: first, Type__c: 'product' });
  }
  return { org, ada, first };
}

/** Names of the orders that a `where` lets through. */
export async function names(
  org: HttpOrg,
  where: string,
  variables = {},
  head = '',
): Promise<string> {
  const inner = `Woo_Order__c(where: { ${where} }, orderBy: { Name: {} }) { edges { node { Name { value } } } }`;
  const { Woo_Order__c } = await read(org, inner, variables, head);
  return nodes(Woo_Order__c)
    .map(({ Name }) => Name)
    .join(' ');
}

/** The first order's fields. */
export async function order(org: HttpOrg, fields: string): Promise<unknown> {
  const inner = `Woo_Order__c(where: { Name: { eq: "A" } }) { edges { node { ${fields} } } }`;
  const { Woo_Order__c } = (await read(org, inner)) as {
    Woo_Order__c: { edges: readonly { node: unknown }[] };
  };
  return Woo_Order__c.edges[0]?.node;
}
