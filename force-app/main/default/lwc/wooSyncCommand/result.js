/** A record of Salesforce as results name it: `Woo_Order__c a07…`. */
const record = /\b(\w+) (?=[0-9A-Za-z]*\d)[0-9A-Za-z]{18}\b/g;

/** @returns {string[]} names of objects of which a result may name records */
export const objectsIn = (result) => [...new Set([...result.matchAll(record)].map(([, object]) => object))];

/**
 * A result as people read it: records by what they are. The command's own record keeps their ids.
 * @param {string} result
 * @param {Record<string, string>} labels of objects, by their names
 */
export const inWords = (result, labels) => result.replace(record, (all, object) => labels[object] ?? all);
