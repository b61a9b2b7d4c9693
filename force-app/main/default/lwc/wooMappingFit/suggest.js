import { fits, lookupFits } from './kinds';

/** Fields are the same whatever their case. */
export const keyOf = (name) => (name ?? '').toLowerCase();

/** Where an attribute usually goes, first the best; fields by what their names are reduced to. */
const USUAL = {
    number: ['name', 'ordernumber'],
    name: ['name', 'itemname'],
    display_name: ['name'],
    total: ['total', 'totalamount', 'amount'],
    sku: ['stockkeepingunit', 'productcode'],
    stock_quantity: ['stock', 'stockquantity', 'quantityonhand'],
    regular_price: ['regularprice', 'price', 'listprice', 'unitprice'],
    price: ['price', 'unitprice'],
    status: ['status', 'stage'],
    currency: ['currencycode', 'currencyisocode'],
    email: ['email', 'personemail'],
    'billing.email': ['billingemail', 'email'],
    'billing.phone': ['billingphone', 'phone'],
    total_tax: ['taxtotal', 'tax'],
    date_created_gmt: ['created', 'orderdate', 'effectivedate', 'date'],
    date_modified_gmt: ['modified'],
    date_paid_gmt: ['paid'],
    date_completed_gmt: ['completed'],
    customer: ['contact', 'account', 'customer'],
    order_id: ['order'],
    parent: ['parentproduct', 'parent'],
    postcode: ['postalcode', 'zip']
};

const words = (name) =>
    name
        .replace(/__(c|pc)$/i, '')
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .map((word) => (word === 'postcode' ? 'postal code' : word))
        .join(' ')
        .split(' ')
        .filter((word) => word && word !== 'woo' && word !== 'gmt' && word !== 'in');

const reduced = (name) => words(name).join('');

/** What an attribute's name says: of a custom field its key alone. */
const nameOf = (attribute) => attribute.replace(/^meta_data\./, '').replace(/^_+/, '');

/** How alike the words of two names are, 0 to 1. */
function likeness(one, other) {
    const shared = one.filter((word) => other.includes(word)).length;
    return (2 * shared) / (one.length + other.length);
}

/** The least likeness of names that is offered. */
const ENOUGH = 0.6;

function score(attribute, field) {
    const names = [reduced(field.name), reduced(field.label)];
    const usual = USUAL[attribute.name] ?? [];
    const at = usual.findIndex((name) => names.includes(name));
    const name = nameOf(attribute.name);
    if (names.includes(reduced(name))) return 2;
    if (at !== -1) return 1.9 - at / 10;
    const like = Math.max(...[field.name, field.label].map((one) => likeness(words(name), words(one))));
    return like >= ENOUGH ? like : 0;
}

const isFree = (field, taken) => (field.createable || field.updateable) && !taken.has(keyOf(field.name));

function canTake(attribute, field, objectsOf) {
    return field.type === 'reference' ? lookupFits(attribute, field, objectsOf) : fits(attribute, field);
}

/**
 * The field into which an attribute most likely goes, by name and type.
 * @param {Set<string>} taken lower-case names of fields that are filled already
 * @param {Record<string, string[]>} objectsOf as `lookupFits` takes it
 * @returns {object|undefined} a field that the integration user may write
 */
export function suggestField(attribute, fields, taken = new Set(), objectsOf = {}) {
    const scored = fields
        .filter((field) => isFree(field, taken) && canTake(attribute, field, objectsOf))
        .map((field) => ({ field, points: score(attribute, field) }))
        .filter(({ points }) => points > 0);
    return scored.sort((one, other) => other.points - one.points)[0]?.field;
}

/**
 * The rows for several attributes, each with its suggested field, no field twice.
 * @returns {{ attribute: string, field: string|null, kind: string }[]}
 */
export function suggestRows(attributes, fields, taken, objectsOf) {
    const used = new Set(taken);
    return attributes.map((attribute) => {
        const field = suggestField(attribute, fields, used, objectsOf);
        if (field) used.add(keyOf(field.name));
        const kind = field?.type === 'reference' ? 'lookup' : 'attribute';
        return { attribute: attribute.name, field: field?.name ?? null, kind };
    });
}
