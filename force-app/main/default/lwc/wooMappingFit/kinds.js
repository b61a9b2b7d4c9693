/** Types of fields by what they take, as the check of mappings has them; the others take any text. */
const TAKES = {
    double: 'number',
    currency: 'number',
    percent: 'number',
    int: 'number',
    long: 'number',
    boolean: 'yes_no',
    date: 'date',
    datetime: 'date',
    email: 'email',
    reference: 'id',
    id: 'id'
};

/** Of the types that do not take every text: which kinds of attributes always or often suit. */
const FITS = { number: ['number'], yes_no: ['yes_no'], date: ['date'], email: ['email'], id: [] };

const isTime = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(value);

/** What an attribute seems to be by its value, where the service does not say. */
function guess({ name, example }) {
    if (Array.isArray(example)) return 'list';
    if (typeof example === 'number') return 'number';
    if (typeof example === 'boolean') return 'yes_no';
    if (/(^|[._])date(_|$)/.test(name) || isTime(example)) return 'date';
    if (/(^|\.)e?mail$/.test(name)) return 'email';
    return /(^|_)(total|price|amount|tax)$/.test(name) ? 'number' : 'text';
}

/** An attribute as the service describes it, with its kind where it does not say. */
export const attributeOf = (attribute) => ({ ...attribute, kind: attribute.kind ?? guess(attribute) });

const takenBy = (type) => TAKES[type] ?? 'text';

/** Whether an attribute's values can be what a field takes, without a transform. */
export function fits({ kind }, { type }) {
    if (kind === 'list') return type === 'multipicklist';
    if (kind === 'object') return false;
    const takes = takenBy(type);
    return takes === 'text' || FITS[takes].includes(kind);
}

/**
 * Whether an attribute may be the other record of a lookup field.
 * @param {{ refersTo?: string|null }} attribute the resource whose id it is
 * @param {{ referenceTo?: string[] }} field
 * @param {Record<string, string[]>} objectsOf the objects that active mappings make of each resource; none where that is not known
 */
export function lookupFits({ refersTo }, { referenceTo = [] }, objectsOf) {
    if (!refersTo || Object.keys(objectsOf).length === 0) return Boolean(refersTo);
    return (objectsOf[refersTo] ?? []).some((object) => referenceTo.includes(object));
}
