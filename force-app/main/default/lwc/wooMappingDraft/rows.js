import { ATTRIBUTES } from './attributes';
import { TYPES, WORDS } from './words';

const usual = new Set(ATTRIBUTES);
const filled = (value) => (value === undefined || value === '' ? null : value);

/** The list takes the usual attributes alone; any other has its place in the path, where a usual one may be as well. */
function attributeValues({ attribute, isPath = false }) {
    const isListed = usual.has(attribute) && !isPath;
    return { Woo_Attribute__c: isListed ? attribute : null, Woo_Path__c: isListed ? null : filled(attribute) };
}

function rowOf(kind, one, more) {
    const values = WORDS[kind].map(([word, field]) => [field, filled(one[word])]);
    return {
        type: TYPES[kind],
        name: one.name,
        label: one.label ?? one.name,
        values: { ...Object.fromEntries(values), ...more }
    };
}

/** @returns the record of the draft's mapping. A store that is not there any more stays as it is named. */
export function mappingRow({ mapping, org }) {
    const store = org.stores.find(({ key }) => key === mapping.store);
    return rowOf('mapping', mapping, { Store__c: store?.name ?? filled(mapping.store) });
}

/** @returns the record of one of the draft's field mappings */
export function fieldRow({ mapping }, field) {
    return rowOf('field', field, {
        Mapping__c: mapping.name,
        Salesforce_Object__c: filled(mapping.object),
        ...attributeValues(field)
    });
}

/** @returns the record of one of the draft's conditions */
export const conditionRow = ({ mapping }, condition) => rowOf('condition', condition, { Mapping__c: mapping.name });

/** @returns all records of a draft, those that are off too */
export function rowsOf(draft) {
    return [
        mappingRow(draft),
        ...[...draft.fields, ...draft.off.fields].map((one) => fieldRow(draft, one)),
        ...[...draft.conditions, ...draft.off.conditions].map((one) => conditionRow(draft, one))
    ];
}

/** A record in the words of a draft. @param {'mapping'|'field'|'condition'} kind */
export function wordsOf(kind, { name, label, values }) {
    const words = WORDS[kind].map(([word, field]) => [word, filled(values[field])]);
    if (kind !== 'field') return { name, label, ...Object.fromEntries(words) };
    const path = filled(values.Woo_Path__c);
    return {
        name,
        label,
        attribute: path ?? filled(values.Woo_Attribute__c),
        ...(path !== null && { isPath: true }),
        ...Object.fromEntries(words)
    };
}
