import { keyOf } from './suggest';

/**
 * The fields that Salesforce requires and no row fills. The key is filled by the sync itself, the
 * record's id by Salesforce.
 * @param {object} draft
 * @param {object[]} fields as the service describes them
 */
export function missingFields({ mapping, fields: rows }, fields) {
    const filled = new Set(rows.filter(({ active }) => active !== false).map(({ field }) => keyOf(field)));
    const isMissing = ({ name, required, createable }) =>
        required && createable && !filled.has(keyOf(name)) && keyOf(name) !== keyOf(mapping.externalIdField);
    return mapping.direction === 'to_woo' ? [] : fields.filter(isMissing);
}
