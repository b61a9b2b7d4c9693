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
    payment_method_title: ['paymentmethod'],
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

/** What there is to compare of each field: hundreds of attributes ask for it. */
const known = new WeakMap();

function factsOf(field) {
    if (!known.has(field)) {
        const texts = [field.name, field.label];
        known.set(field, { names: texts.map(reduced), words: texts.map(words) });
    }
    return known.get(field);
}

/** How alike the words of two names are, 0 to 1. */
function likeness(one, other) {
    const shared = one.filter((word) => other.includes(word)).length;
    return (2 * shared) / (one.length + other.length);
}

/** The least likeness of names that is offered. */
const ENOUGH = 0.6;
/** A usual place comes before one of the same name: the order's number is the name of its record. */
const USUALLY = 2.1;

/** How well an attribute's name suits fields. */
function scorer({ name }) {
    const usual = USUAL[name] ?? [];
    const same = reduced(nameOf(name));
    const own = words(nameOf(name));
    return (field) => {
        const facts = factsOf(field);
        const at = usual.findIndex((one) => facts.names.includes(one));
        if (at !== -1) return USUALLY - at / 10;
        if (facts.names.includes(same)) return 2;
        const like = Math.max(...facts.words.map((one) => likeness(own, one)));
        return like >= ENOUGH ? like : 0;
    };
}

function canTake(attribute, field, objectsOf) {
    return field.type === 'reference' ? lookupFits(attribute, field, objectsOf) : fits(attribute, field);
}

/** Every pair of an attribute and a field that suit each other, the best first. */
function pairsOf(attributes, fields, taken, objectsOf) {
    const used = new Set(taken);
    const free = fields.filter((field) => (field.createable || field.updateable) && !used.has(keyOf(field.name)));
    const pairs = attributes.flatMap((attribute) => {
        const score = scorer(attribute);
        return free
            .filter((field) => canTake(attribute, field, objectsOf))
            .map((field) => ({ attribute, field, points: score(field) }))
            .filter(({ points }) => points > 0);
    });
    return pairs.sort((one, other) => other.points - one.points);
}

/**
 * The field into which an attribute most likely goes, by name and type.
 * @param {Iterable<string>} taken lower-case names of fields that are filled already
 * @param {Record<string, string[]>} objectsOf as `lookupFits` takes it
 * @returns {object|undefined} a field that the integration user may write
 */
export const suggestField = (attribute, fields, taken = [], objectsOf = {}) =>
    pairsOf([attribute], fields, taken, objectsOf)[0]?.field;

/** The kind of a row by its field. */
const kindOf = (field) => (field?.type === 'reference' ? 'lookup' : 'attribute');

/**
 * The rows for several attributes, each with its suggested field, no field twice.
 * @returns {{ attribute: string, field: string|null, kind: string }[]}
 */
export function suggestRows(attributes, fields, taken = [], objectsOf = {}) {
    const fieldOf = new Map();
    const used = new Set();
    for (const { attribute, field } of pairsOf(attributes, fields, taken, objectsOf)) {
        if (fieldOf.has(attribute) || used.has(field)) continue;
        fieldOf.set(attribute, field);
        used.add(field);
    }
    return attributes.map((attribute) => {
        const field = fieldOf.get(attribute);
        return { attribute: attribute.name, field: field?.name ?? null, kind: kindOf(field) };
    });
}
