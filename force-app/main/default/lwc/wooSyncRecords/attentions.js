import { storeName } from './stores';

/** What a query asks of a node of Woo_Attention__c, for `attentionOf`. */
export const ATTENTION_FIELDS = `
    Id
    Name { value }
    Title__c { value }
    Cause__c { value displayValue }
    Code__c { value }
    Store__c { value }
    Since__c { value }
    Told__c { value }
`;

const valueOf = (field) => field?.value ?? null;

/**
 * What a person is needed for, as the components show it.
 * @param {object} node with `ATTENTION_FIELDS`
 * @param {object[]} stores those that are known, as `storesOf` gives them
 */
export const attentionOf = (node, stores = []) => ({
    id: node.Id,
    title: valueOf(node.Title__c) ?? valueOf(node.Name),
    cause: node.Cause__c?.displayValue ?? null,
    code: valueOf(node.Code__c),
    store: storeName(stores, valueOf(node.Store__c)),
    since: node.Since__c?.value ? Date.parse(node.Since__c.value) : null,
    told: valueOf(node.Told__c)
});
