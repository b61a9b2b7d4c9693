import { storesOf } from 'c/wooSyncRecords';

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);
const rowsOf = (connection) => nodesOf(connection).map(({ aggregate }) => aggregate);

/**
 * What the org knows of how the mappings are doing.
 * @param {object} uiapi the answer to `STATE`
 * @param {Date} now when it was read
 */
export function stateOf({ query, aggregate }, now) {
    const nodes = nodesOf(query.Woo_Store_Status__c);
    const stores = storesOf(nodes, now);
    const held = nodesOf(query.Woo_Sync_Issue__c).map((node) => [
        node.Woo_Id__c.value,
        { reason: node.Reason__c?.value ?? '', cure: node.What_To_Do__c?.value ?? '' }
    ]);
    const issues = rowsOf(aggregate.Woo_Sync_Issue__c).map((row) => ({
        object: row.Salesforce_Object__c.value,
        resource: row.Resource__c.value,
        store: row.Store__c.value,
        count: row.Id.count.value
    }));
    return {
        hasReported: stores.length > 0,
        isSilent: stores.length > 0 && stores.every(({ state }) => state === 'down'),
        /** Who writes these reports writes the records too. */
        users: nodes.map((node) => node.LastModifiedById?.value),
        held: new Map(held),
        written: writtenOf(stores),
        issues
    };
}

/** When each mapping wrote last, in whichever store, by its name. */
function writtenOf(stores) {
    const written = new Map();
    for (const { name, lastWritten } of stores.flatMap(({ mappings }) => mappings)) {
        if (lastWritten !== null) written.set(name, Math.max(lastWritten, written.get(name) ?? 0));
    }
    return written;
}

/**
 * Open issues of a mapping's records.
 * @param {object} state of `stateOf`
 * @param {object} mapping one of all stores leaves those to a mapping that a store has of its own
 * @param {object[]} mappings all that run
 */
export function issuesOf(state, { object, resource, store }, mappings) {
    const own = mappings.filter((one) => one.object === object && one.resource === resource);
    const apart = new Set(own.map((one) => one.store).filter(Boolean));
    return state.issues
        .filter((one) => one.object === object && one.resource === resource)
        .filter((one) => (store ? one.store === store : !apart.has(one.store)))
        .reduce((sum, { count }) => sum + count, 0);
}

/**
 * How many records the object of a mapping has, and when the sync wrote one last.
 * @param {object} connection of `countQuery`
 * @param {string[]} users of the sync
 */
export function countOf(connection, users) {
    const rows = rowsOf(connection);
    const times = rows
        .filter((row) => users.includes(row.LastModifiedById.value))
        .map((row) => Date.parse(row.LastModifiedDate.max.value));
    return {
        records: rows.reduce((sum, row) => sum + row.Id.count.value, 0),
        lastWritten: times.length > 0 ? Math.max(...times) : null
    };
}
