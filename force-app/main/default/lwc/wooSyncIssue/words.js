/** A record that the shop does not have yet: `Woo_Order__c:a07…`. */
const newRecord = /\b(\w+):([0-9A-Za-z]{18})\b/g;

/** Names that no person would write so: of custom fields, and of two words in one. */
const isTechnical = (name) => name.endsWith('__c') || /[a-z][A-Z]/.test(name);

const labelOf = (info, name) => info.fields[name]?.label;

/** The objects that the lookups of an object lead to. */
export function referencedObjects(info) {
    const references = Object.values(info?.fields ?? {}).flatMap(({ referenceToInfos = [] }) => referenceToInfos);
    return [...new Set(references.map(({ apiName }) => apiName))];
}

/** Names of the objects that a text names, out of those that lookups lead to. */
export const namedObjects = (text, info) =>
    referencedObjects(info).filter((name) => isTechnical(name) && new RegExp(`\\b${name}\\b`).test(text));

/** @returns the label of a field, or its name where the user may not see it */
export const fieldLabel = (name, info) => (info && labelOf(info, name)) ?? name;

/** The field by which people know a record of an object. */
export const nameFieldOf = (info) => (info.fields.Name ? 'Name' : info.nameFields[0]);

/**
 * A sentence of the sync as people read it: fields and objects by their labels, not by the names that programs use.
 * @param {string} text
 * @param {object|undefined} info of the object that it is about, as `getObjectInfo` gives it; without it nothing is known
 * @param {string|null} field that it is about, whatever it is called
 * @param {Record<string, string>} objects labels of others, by their names
 */
export function inWords(text, info, field = null, objects = {}) {
    if (!info) return text;
    const names = { ...objects, ...(isTechnical(info.apiName) && { [info.apiName]: info.label }) };
    const fieldWord = (name) => (isTechnical(name) || name === field ? labelOf(info, name) : undefined);
    const recordWords = (all, object, id) => {
        return names[object] ? `${names[object]} ${id}` : all;
    };
    const placeWords = (all, object, name) => {
        const label = object === info.apiName ? labelOf(info, name) : undefined;
        return label ? `${label} (${info.label})` : all;
    };
    return text
        .replace(newRecord, recordWords)
        .replace(/\b(\w+)\.(\w+)\b/g, placeWords)
        .replace(/\w+/g, (word) => fieldWord(word) ?? names[word] ?? word);
}
