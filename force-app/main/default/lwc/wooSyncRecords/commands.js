import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { storeName } from './stores';

/** What a query asks of a node of Woo_Command__c, for `commandOf`. */
export const COMMAND_FIELDS = `
    Id
    Name { value }
    Type__c { value displayValue }
    State__c { value displayValue }
    Resource__c { value displayValue }
    Arguments__c { value }
    Record_Id__c { value }
    Store__c { value }
    Progress__c { value }
    Result__c { value }
    CreatedDate { value }
`;

const labelOf = (field) => field?.displayValue ?? field?.value ?? '';
/** Milliseconds, which every form of lightning-relative-date-time takes. */
const timeOf = (field) => (field?.value ? Date.parse(field.value) : null);

/**
 * A command as the components show it.
 * @param {object} node with `COMMAND_FIELDS`
 * @param {object[]} stores those that are known, as `storesOf` gives them
 */
export function commandOf(node, stores = []) {
    const store = storeName(stores, node.Store__c?.value);
    return {
        id: node.Id,
        name: node.Name?.value,
        kind: node.Type__c?.value,
        type: labelOf(node.Type__c),
        // One that was made by the API may lack the default.
        state: node.State__c?.value ?? 'waiting',
        stateLabel: labelOf(node.State__c),
        about: [labelOf(node.Resource__c), node.Arguments__c?.value, store].filter(Boolean).join(' · '),
        recordId: node.Record_Id__c?.value ?? null,
        progress: node.Progress__c?.value ?? 0,
        result: node.Result__c?.value ?? '',
        createdAt: timeOf(node.CreatedDate)
    };
}

/** Whether the sync has still to work on it. */
export const isActive = ({ state }) => state === 'waiting' || state === 'running';

/**
 * Asks the sync to do something.
 * @param {Record<string, string>} fields of Woo_Command__c; at least `Type__c`
 * @returns {Promise<string>} id of the command
 */
export async function giveCommand(fields) {
    const { id } = await createRecord({ apiName: 'Woo_Command__c', fields });
    return id;
}

/** What was written stays; a load stops after the page under way. */
export const cancelCommand = (id) => updateRecord({ fields: { Id: id, State__c: 'cancelled' } });
