import { gql } from 'lightning/graphql';

/** Records of one connection of GraphQL. */
const AT_ONCE = 200;
/** By what people tell records of an object apart, beside their names. */
const SIGNS = { Contact: 'Email', Lead: 'Email', Product2: 'StockKeepingUnit' };
const isName = (text) => /^[A-Za-z]\w*$/.test(text);

/** What a query asks of a record, and what is made of its node. */
export const fieldsOf = (object, keyField) =>
    ['Name', SIGNS[object], keyField, 'LastModifiedDate']
        .filter(Boolean)
        .map((field) => `${field} @optional { value }`)
        .join(' ');

/**
 * @returns {{ id: string, name: string|null, sign: string|null, key: string|null, modified: string|null }} as far as the
 *   viewer may see it
 */
export function recordOf(node, object, keyField) {
    const value = (field) => node[field]?.value ?? null;
    return {
        id: node.Id,
        name: value('Name'),
        sign: SIGNS[object] ? value(SIGNS[object]) : null,
        key: value(keyField),
        modified: value('LastModifiedDate')
    };
}

/** By what a record of Woo_Match__c is found. */
export const matchKeyOf = ({ object, key }) => `${object} ${key}`;

const choiceOf = ({ Id, Decision__c, Record_Id__c }) => ({
    id: Id,
    kind: Decision__c?.value ?? null,
    recordId: Record_Id__c?.value ?? null
});

function recordParts(rows) {
    const byObject = new Map();
    for (const { object, keyField, records } of rows) {
        if (!isName(object) || !isName(keyField)) continue;
        const some = byObject.get(object) ?? { object, keyField, ids: new Set() };
        for (const id of records) some.ids.add(id);
        byObject.set(object, some);
    }
    return [...byObject.values()].flatMap(({ object, keyField, ids }) => {
        const all = [...ids];
        const count = Math.ceil(all.length / AT_ONCE);
        return Array.from({ length: count }, (_, at) => {
            const some = JSON.stringify(all.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
            return {
                into: 'records',
                text: `${object}(where: { Id: { in: ${some} } }, first: ${AT_ONCE}) {
                    edges { node { Id ${fieldsOf(object, keyField)} } }
                }`,
                entry: (node) => [node.Id, recordOf(node, object, keyField)]
            };
        });
    });
}

const choicesPart = (rows) => ({
    into: 'choices',
    text: `Woo_Match__c(where: { Match_Key__c: { in: ${JSON.stringify(rows.map(matchKeyOf))} } }, first: ${AT_ONCE}) {
        edges { node { Id Match_Key__c { value } Decision__c { value } Record_Id__c { value } } }
    }`,
    entry: (node) => [node.Match_Key__c.value, choiceOf(node)]
});

/**
 * Asks for the records that rows name, and for what was decided of them; null where nothing is to be asked.
 * @param {object[]} rows
 * @param {{ turn: number, withChoices: boolean }} options the answer has the turn in its names
 * @returns {{ query: string, parts: object[] }|null} parts as `isAnswerTo` and `readIn` take them
 */
export function readQuery(rows, { turn, withChoices }) {
    const choices = withChoices && rows.length > 0 ? [choicesPart(rows)] : [];
    const parts = [...recordParts(rows), ...choices].map((part, at) => ({ ...part, alias: `r${turn}_${at}` }));
    if (parts.length === 0) return null;
    const texts = parts.map(({ alias, text }) => `${alias}: ${text}`);
    return { parts, query: gql`query WooMatchRecords { uiapi { query { ${texts.join('\n')} } } }` };
}

export const isAnswerTo = (parts, data) => parts[0].alias in data;

/** @returns {{ records: Map<string, object>, choices: Map<string, object> }} by record id, and by match key */
export function readIn(data, parts) {
    const found = { records: new Map(), choices: new Map() };
    for (const { alias, into, entry } of parts) {
        for (const { node } of data[alias]?.edges ?? []) found[into].set(...entry(node));
    }
    return found;
}
