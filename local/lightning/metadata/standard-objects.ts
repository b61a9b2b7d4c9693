import type { ObjectPages } from './object-pages.ts';

/**
 * What an org shows of its standard objects when no one has changed their layouts; a project does not hold these.
 * Shortened to the fields that matter beside a shop.
 */
type StandardObject = Pick<ObjectPages, 'compactFields' | 'layout' | 'listViews' | 'recentColumns'>;

const column = (...fields: string[]) =>
  fields.map((field) => ({ field, isEditable: !field.endsWith('ById'), isRequired: false }));

function standard(
  all: { readonly name: string; readonly label: string; readonly columns: readonly string[] },
  compactFields: readonly string[],
  left: readonly string[],
  right: readonly string[],
): StandardObject {
  return {
    compactFields,
    layout: {
      sections: [
        { heading: '', columns: [column(...left), column(...right)] },
        {
          heading: 'System Information',
          columns: [column('CreatedById'), column('LastModifiedById')],
        },
      ],
      relatedLists: [],
    },
    listViews: [{ ...all, filters: [], note: '' }],
    recentColumns: all.columns,
  };
}

export const standardObjects: Readonly<Record<string, StandardObject>> = {
  Account: standard(
    {
      name: 'AllAccounts',
      label: 'All Accounts',
      columns: ['Name', 'BillingCity', 'Phone', 'Type'],
    },
    ['Name', 'Type', 'Phone', 'Website', 'Industry'],
    ['Name', 'Phone', 'Website', 'Type', 'Woo_Key__c'],
    ['BillingStreet', 'BillingCity', 'BillingState', 'BillingPostalCode', 'BillingCountry'],
  ),
  Contact: standard(
    {
      name: 'AllContacts',
      label: 'All Contacts',
      columns: ['Name', 'AccountId', 'Title', 'Phone', 'Email'],
    },
    ['Name', 'Title', 'AccountId', 'Phone', 'Email'],
    ['Name', 'AccountId', 'Title', 'Email', 'Phone', 'Woo_Key__c'],
    ['MailingStreet', 'MailingCity', 'MailingState', 'MailingPostalCode', 'MailingCountry'],
  ),
  Product2: standard(
    {
      name: 'AllProducts',
      label: 'All Products',
      columns: ['Name', 'ProductCode', 'StockKeepingUnit', 'IsActive'],
    },
    ['Name', 'ProductCode', 'StockKeepingUnit', 'IsActive'],
    ['Name', 'ProductCode', 'StockKeepingUnit', 'IsActive', 'Description'],
    ['Woo_Status__c', 'Woo_Type__c', 'Woo_Regular_Price__c', 'Woo_Sale_Price__c', 'Woo_Key__c'],
  ),
};

/** Icons of the standard objects' tabs. */
export const standardIcons: Readonly<Record<string, string>> = {
  Account: 'standard:account',
  Contact: 'standard:contact',
  Product2: 'standard:product',
};
