import { attentionOf, commandOf, isActive, isDecided, issueOf, spentUntil, storesOf } from 'c/wooSyncRecords';

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);

/** Commands that are over and still shown. */
const SHOWN = 5;

/** @returns {object[] | null} commands, the latest first; null where the user may see none */
export function commandsOf(query, stores = []) {
    return query.Woo_Command__c ? nodesOf(query.Woo_Command__c).map((node) => commandOf(node, stores)) : null;
}

/** API calls are the org's and not a store's: what the store says that reported last. */
function callsOf(stores) {
    const known = stores.filter(({ budget }) => budget !== null);
    return known.toSorted((one, other) => other.lastSeen - one.lastSeen)[0]?.budget ?? null;
}

/** How the sync is doing. @param {object} query `data.uiapi.query` @param {Date} now when it was read */
export function healthOf(query, now) {
    const { totalCount, pageInfo } = query.Woo_Sync_Issue__c;
    const { Woo_Attention__c: attentions } = query;
    const nodes = nodesOf(query.Woo_Store_Status__c);
    const stores = storesOf(nodes, now);
    return {
        stores,
        spentUntil: spentUntil(nodes, now),
        attentions: nodesOf(attentions).map((node) => attentionOf(node, stores)),
        attentionCount: attentions?.totalCount ?? 0,
        calls: callsOf(stores),
        issues: nodesOf(query.Woo_Sync_Issue__c).map((node) => issueOf(node, stores)),
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null
    };
}

/** What is under way, and the latest that is over. */
export function shownOf(commands) {
    const active = commands.filter(isActive);
    const over = commands.filter((one) => !isActive(one));
    return [...active, ...over.slice(0, Math.max(0, SHOWN - active.length))];
}

/** Ids of the issues that commands try again; `*` for all of them. */
export function triedOf(commands) {
    return commands.filter((one) => isActive(one) && one.kind === 'retry').map(({ recordId }) => recordId ?? '*');
}

/** Whether a command that was under way is over. */
export function hasEnded(before, after) {
    const active = new Set(before.filter(isActive).map(({ id }) => id));
    return after.some((one) => active.has(one.id) && !isActive(one));
}

/** Differs when something has happened; null when there is nothing to wait for. */
export function markOf(commands, issues) {
    const waits = commands.some(isActive) || issues.some(isDecided);
    return waits ? JSON.stringify([commands, issues.filter(isDecided)]) : null;
}
