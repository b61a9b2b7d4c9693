import { updateRecord } from 'lightning/uiRecordApi';
import { storeName } from './stores';

/** What a query asks of a node of Woo_Sync_Issue__c, for `issueOf`. */
export const ISSUE_FIELDS = `
    Id
    Name { value }
    Issue_Key__c { value }
    Kind__c { value displayValue }
    Resource__c { value displayValue }
    Resolution__c { value displayValue }
    Code__c { value }
    Field__c { value }
    Reason__c { value }
    What_To_Do__c { value }
    Store__c { value }
    Woo_Id__c { value }
    Record_Id__c { value }
    Salesforce_Object__c { value }
    Woo_Value__c { value }
    Salesforce_Value__c { value }
    Attempts__c { value }
    Last_Seen__c { value }
`;

const valueOf = (field) => field?.value ?? null;
const labelOf = (field) => field?.displayValue ?? field?.value ?? '';
/** Milliseconds, which every form of lightning-relative-date-time takes. */
const timeOf = (field) => (field?.value ? Date.parse(field.value) : null);

/** An id of a record with its 18 characters, as reasons name them; it begins with the three of its object. */
const recordIds = /\b(?=[A-Za-z]*\d)[0-9A-Za-z]{18}\b/g;

/** Key of an issue of a value that the shop has not taken, and that has gone back to the shop's. */
const refusedWish = /#\S+ refused$/;

/** What stands in place of an id of the shop for a record that it does not have yet: `Woo_Order__c:a07…`. */
const newRecord = /^\w+:([0-9A-Za-z]{18})$/;
/** In place of an id: many records of a store. */
const MANY = '*';

/** A record by the id of the shop, and by that of Salesforce. */
function placeOf(node) {
    const wooId = valueOf(node.Woo_Id__c);
    const recordId = valueOf(node.Record_Id__c);
    const [, unsent] = newRecord.exec(wooId ?? '') ?? [];
    return { wooId: unsent || wooId === MANY ? null : wooId, recordId: recordId ?? unsent ?? null };
}

/** The records that may be meant, of which a person has to choose one. */
function candidatesOf(kind, reason) {
    return kind === 'ambiguous' ? [...new Set(reason.match(recordIds) ?? [])] : [];
}

/**
 * An issue as the components show it.
 * @param {object} node with `ISSUE_FIELDS`
 * @param {object[]} stores those that are known, as `storesOf` gives them
 */
export function issueOf(node, stores = []) {
    const kind = valueOf(node.Kind__c) ?? 'failed';
    const reason = valueOf(node.Reason__c) ?? '';
    return {
        id: node.Id,
        name: valueOf(node.Name),
        kind,
        isRefusedWish: refusedWish.test(valueOf(node.Issue_Key__c) ?? ''),
        kindLabel: labelOf(node.Kind__c),
        resource: labelOf(node.Resource__c),
        resolution: valueOf(node.Resolution__c),
        code: valueOf(node.Code__c),
        field: valueOf(node.Field__c),
        reason,
        whatToDo: valueOf(node.What_To_Do__c) ?? '',
        candidates: candidatesOf(kind, reason),
        store: storeName(stores, valueOf(node.Store__c)),
        ...placeOf(node),
        object: valueOf(node.Salesforce_Object__c),
        wooValue: valueOf(node.Woo_Value__c),
        salesforceValue: valueOf(node.Salesforce_Value__c),
        attempts: valueOf(node.Attempts__c),
        lastSeen: timeOf(node.Last_Seen__c)
    };
}

/** Whether a person is asked: other conflicts were decided by a rule of the mapping and only show what was lost. */
export const canDecide = ({ kind, code }) => kind === 'conflict' && (code ?? '').includes('CONFLICT_OPEN');

/** Whether a person has chosen a side, which the sync has still to carry out. */
export const isDecided = (issue) => canDecide(issue) && ['take_woo', 'take_salesforce'].includes(issue.resolution);

/**
 * Says how an open issue is to be settled; one that is left as it is is over at once.
 * @param {'take_woo'|'take_salesforce'|'ignore'} resolution
 */
export function decideOn(id, resolution) {
    const fields = { Id: id, Resolution__c: resolution };
    return updateRecord({ fields: resolution === 'ignore' ? { ...fields, State__c: 'ignored' } : fields });
}
