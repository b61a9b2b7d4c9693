import { wordsOf } from './rows';
import { TYPES } from './words';

const isOn = ({ values }) => values.Active__c === true;
const ownOf = ({ name }, rows) => rows.filter(({ values }) => values.Mapping__c === name);
/** A page cannot delete custom metadata: a mapping that is off with all its rows was removed. */
const isRemoved = (row, own) => ![row, ...own].some(isOn);

/**
 * What drafts need to know of the org: its stores, and the names that records have already.
 * @param {object} read what `WooMappings.read` gives
 */
export function orgOf({ mappings, fields, conditions, stores }) {
    const namesOf = (rows) => rows.map(({ name }) => name);
    return {
        stores: stores.map((row) => ({ name: row.name, label: row.label, key: row.values.Key__c, active: isOn(row) })),
        taken: {
            [TYPES.mapping]: namesOf(mappings),
            [TYPES.field]: namesOf(fields),
            [TYPES.condition]: namesOf(conditions)
        }
    };
}

const byPosition = (one, other) => (one.position ?? Infinity) - (other.position ?? Infinity);

function draftOf(row, rows, org) {
    const own = ownOf(row, rows);
    const of = (kind) => own.filter(({ type }) => type === TYPES[kind]).map((one) => wordsOf(kind, one));
    const fields = of('field');
    const conditions = of('condition').sort(byPosition);
    const words = wordsOf('mapping', row);
    const store = org.stores.find(({ name }) => name === words.store)?.key ?? words.store;
    const on = ({ active }) => active === true;
    const off = ({ active }) => active !== true;
    return {
        mapping: { ...words, store },
        fields: fields.filter(on),
        conditions: conditions.filter(on),
        off: { fields: fields.filter(off), conditions: conditions.filter(off) },
        isActive: isOn(row),
        isRemoved: isRemoved(row, own),
        read: [row, ...own],
        org
    };
}

/**
 * The mappings of an org, to show and to edit.
 * @param {object} read what `WooMappings.read` gives
 * @returns {object[]} by label. `fields` and `conditions` are those that are on, `off` the others, `read` the records as
 * they were read
 */
export function draftsOf(read) {
    const org = orgOf(read);
    const rows = [...read.fields, ...read.conditions];
    return read.mappings
        .map((row) => draftOf(row, rows, org))
        .sort((one, other) => one.mapping.label.localeCompare(other.mapping.label));
}
