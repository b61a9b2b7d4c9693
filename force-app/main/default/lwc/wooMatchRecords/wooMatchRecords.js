import { gql } from 'lightning/graphql';

/** Records of one connection of GraphQL. */
const AT_ONCE = 200;
/** By what people tell records of an object apart, beside their names. */
const SIGNS = { Contact: 'Email', Lead: 'Email', Product2: 'StockKeepingUnit' };
const isName = (text) => /^[A-Za-z]\w*$/.test(text);

/** What a query asks of a record, and what is made of its node. */
export const fieldsOf = (object, keyField) =>
    ['Name', SIGNS[object], keyField]
        .filter(Boolean)
        .map((field) => `${field} @optional { value }`)
        .join(' ');

/** @returns {{ id: string, name: string|null, sign: string|null, key: string|null }} as far as the viewer may see it */
export function recordOf(node, object, keyField) {
    const value = (field) => node[field]?.value ?? null;
    return {
        id: node.Id,
        name: value('Name'),
        sign: SIGNS[object] ? value(SIGNS[object]) : null,
        key: value(keyField)
    };
}

/**
 * Asks for the records that rows name; none where there are none.
 * @returns {{ query: string, asked: { object: string, keyField: string }[] }|null}
 */
export function namesQuery(rows) {
    const byObject = new Map();
    for (const { object, keyField, records } of rows) {
        if (!isName(object) || !isName(keyField)) continue;
        const some = byObject.get(object) ?? { object, keyField, ids: new Set() };
        for (const id of records) some.ids.add(id);
        byObject.set(object, some);
    }
    const asked = [...byObject.values()].flatMap(({ object, keyField, ids }) => {
        const all = [...ids];
        const count = Math.ceil(all.length / AT_ONCE);
        return Array.from({ length: count }, (_, at) => ({
            ...{ object, keyField },
            ids: all.slice(at * AT_ONCE, (at + 1) * AT_ONCE)
        }));
    });
    if (asked.length === 0) return null;
    const parts = asked.map(
        (
            { object, keyField, ids },
            at
        ) => `r${at}: ${object}(where: { Id: { in: ${JSON.stringify(ids)} } }, first: ${AT_ONCE}) {
            edges { node { Id ${fieldsOf(object, keyField)} } }
        }`
    );
    return { asked, query: gql`query WooMatchNames { uiapi { query { ${parts.join('\n')} } } }` };
}

/** @returns {[string, object][]} records by their ids */
export const namesIn = (query, asked) =>
    asked.flatMap(({ object, keyField }, at) =>
        (query[`r${at}`]?.edges ?? []).map(({ node }) => [node.Id, recordOf(node, object, keyField)])
    );
