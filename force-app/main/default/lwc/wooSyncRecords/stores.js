import { mappingsOf, proofsOf } from './lines';

/** What a query asks of a node of Woo_Store_Status__c, for `storeOf`. Its longest fields are for admins. */
export const STORE_FIELDS = `
    Id
    Name { value }
    Store__c { value }
    State__c { value }
    Message__c { value }
    Last_Seen__c { value }
    Next_Seen__c { value }
    Last_Event__c { value }
    Last_Sweep__c { value }
    Lag_Seconds__c { value }
    Backlog__c { value }
    Webhooks__c { value }
    API_Calls_Used__c { value }
    API_Calls_Limit__c { value }
    API_Budget__c { value }
    API_Budget_Used__c { value }
    API_Forecast__c { value }
    Open_Issues__c { value }
    Configuration__c { value }
    Configuration_Read_At__c { value }
    Last_Reconcile__c { value }
    Reconcile_Result__c { value }
    Proof_By_Day__c @optional { value }
    Mappings__c @optional { value }
`;

/** The sync reports every five minutes; two reports that are missing are no accident. */
const SILENT_MS = 10 * 60_000;

const valueOf = (field) => field?.value ?? null;
/** Milliseconds, which every form of lightning-relative-date-time takes. */
const timeOf = (field) => (field?.value ? Date.parse(field.value) : null);

/** `order.created: active`, one a line; another text says why there are none. */
function webhooksOf(text) {
    const lines = (text ?? '').split('\n').filter(Boolean);
    const webhooks = lines.map((line) => /^(\S+): (\S+)$/.exec(line)).filter(Boolean);
    const others = webhooks.filter(([, , status]) => status !== 'active');
    return {
        count: webhooks.length,
        active: webhooks.length - others.length,
        others: others.map(([line]) => line),
        note: webhooks.length === 0 ? text : null
    };
}

function budgetOf(used, limit) {
    if (used === null || !limit) return null;
    return { used, limit, percent: Math.min(100, Math.round((100 * used) / limit)) };
}

/** What the store has of them on a day, where the admin gave it a number. */
function dayOf(limit, used, forecast) {
    return limit === null ? null : { limit, used: used ?? 0, forecast: forecast ?? 0 };
}

/** With few API calls it reports less often, and says when it will again. */
const isSilent = (node, now) =>
    !(now.getTime() - Math.max(timeOf(node.Last_Seen__c), timeOf(node.Next_Seen__c)) <= SILENT_MS);

/** The sync reports on all its stores at once: one that it leaves out is no store of it any more. */
function stateOf(node, nodes, now) {
    if (!isSilent(node, now)) return valueOf(node.State__c) ?? 'unknown';
    return nodes.every((one) => isSilent(one, now)) ? 'down' : 'left';
}

/** From this share of the day's calls on, commands wait for the next day of UTC. */
const COMMANDS_WAIT = 0.9;
const DAY_MS = 86_400_000;

/** What a query asks of a node of Woo_Store_Status__c, for `spentUntil`. */
export const BUDGET_FIELDS = `
    State__c { value }
    Last_Seen__c { value }
    API_Budget__c { value }
    API_Budget_Used__c { value }
`;

/** A status of another day (UTC) says nothing of the calls of today. */
function isSpent(node, now) {
    const limit = valueOf(node.API_Budget__c);
    const isOfToday = Math.floor(timeOf(node.Last_Seen__c) / DAY_MS) === Math.floor(now.getTime() / DAY_MS);
    return limit !== null && isOfToday && valueOf(node.API_Budget_Used__c) >= Math.floor(limit * COMMANDS_WAIT);
}

/**
 * Until when nobody works on commands, for want of API calls: they are for all stores, and go on while one of them has
 * calls left. A store that was deactivated has no budget, and takes none.
 * @param {object[]} nodes with `BUDGET_FIELDS`
 * @param {Date} now
 * @returns {Date|null} null where calls are left
 */
export function spentUntil(nodes, now) {
    const working = nodes.filter((node) => valueOf(node.API_Budget__c) !== null || valueOf(node.State__c) !== 'paused');
    if (working.length === 0 || !working.every((node) => isSpent(node, now))) return null;
    return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS);
}

/**
 * How the stores are doing, as the components show it.
 * @param {object[]} nodes with `STORE_FIELDS`
 * @param {Date} now when they were read: a page may stay open for hours
 */
export const storesOf = (nodes, now) => nodes.map((node) => storeOf(node, stateOf(node, nodes, now)));

/**
 * A store as people call it; its key where nothing is known of it.
 * @param {{ key: string, name: string }[]} stores
 */
export const storeName = (stores, key) => stores.find((store) => store.key === key)?.name ?? key;

function storeOf(node, state) {
    return {
        id: node.Id,
        key: valueOf(node.Store__c),
        name: valueOf(node.Name) ?? valueOf(node.Store__c),
        state,
        message: valueOf(node.Message__c),
        lastSeen: timeOf(node.Last_Seen__c),
        lastEvent: timeOf(node.Last_Event__c),
        lastSweep: timeOf(node.Last_Sweep__c),
        lagSeconds: valueOf(node.Lag_Seconds__c),
        backlog: valueOf(node.Backlog__c),
        webhooks: webhooksOf(valueOf(node.Webhooks__c)),
        budget: budgetOf(valueOf(node.API_Calls_Used__c), valueOf(node.API_Calls_Limit__c)),
        day: dayOf(valueOf(node.API_Budget__c), valueOf(node.API_Budget_Used__c), valueOf(node.API_Forecast__c)),
        openIssues: valueOf(node.Open_Issues__c),
        configuration: valueOf(node.Configuration__c),
        configurationReadAt: timeOf(node.Configuration_Read_At__c),
        lastReconcile: timeOf(node.Last_Reconcile__c),
        reconcileResult: valueOf(node.Reconcile_Result__c),
        proofs: proofsOf(valueOf(node.Proof_By_Day__c)),
        mappings: mappingsOf(valueOf(node.Mappings__c))
    };
}
