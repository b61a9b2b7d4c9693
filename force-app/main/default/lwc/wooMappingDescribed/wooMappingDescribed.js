import { readableText } from 'c/wooFormat';
import { attributeOf, Choices, lookupFits } from 'c/wooMappingFit';
import { wordOf } from 'c/wooMappingWords';
import { label } from './labels';

const keyOf = (name) => (name ?? '').toLowerCase();
const NOTHING = new Choices([]);

function typeText({ type, length }) {
    const word = wordOf('type', type);
    return length > 0 && type !== 'reference' && type !== 'picklist' ? `${word} (${length})` : word;
}

const isWritable = ({ createable, updateable }) => Boolean(createable || updateable);

/** What a field is, in short: `Status__c · Picklist · required`. */
export function fieldText(field) {
    const { name, required } = field;
    const parts = [name, typeText(field), required && label.required, !isWritable(field) && label.notWritable];
    return parts.filter(Boolean).join(' · ');
}

const choiceOf = (field) => ({ value: field.name, label: field.label, detail: fieldText(field) });

/** A value of the shop in one line; nothing for what is empty. */
export function exampleText(value) {
    if (value === undefined || value === null) return '';
    return readableText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/**
 * What the service says a mapping can be made of. A class, so that it passes from component to component as it is, with
 * the lists that all rows search made once.
 */
export class Described {
    /**
     * @param {{ fields: object[], attributes: object[], values?: object, problem?: object }} answer of `describe`
     * @param {Record<string, string[]>} objectsOf the objects that active mappings make of each resource
     */
    constructor({ fields, attributes, values = {}, problem = null }, objectsOf = {}) {
        this.problem = problem;
        this.objectsOf = objectsOf;
        this.values = values;
        this.fields = fields;
        this.attributes = attributes.map(attributeOf);
        this.fieldsByName = new Map(fields.map((field) => [keyOf(field.name), field]));
        this.attributesByName = new Map(
            this.attributes.flatMap((one) => [one.name, ...(one.also ?? [])].map((name) => [name, one]))
        );
        this.fieldChoices = new Choices(fields.map((field) => ({ ...choiceOf(field), isOdd: !isWritable(field) })));
        this.attributeChoices = this.choicesOf(this.attributes);
        this.lookups = new Map();
    }

    choicesOf(attributes) {
        return new Choices(
            attributes.map(({ name, example, also }) => ({ value: name, detail: exampleText(example), also }))
        );
    }

    /** Whether the service has said anything. */
    get isKnown() {
        return this.fields.length > 0;
    }

    field(name) {
        return this.fieldsByName.get(keyOf(name));
    }

    attribute(name) {
        return this.attributesByName.get(name);
    }

    /** Values that the shop has for an attribute, such as its statuses. */
    valuesOf(attribute) {
        return this.values[this.attribute(attribute)?.name ?? attribute] ?? [];
    }

    /** The attributes that may be the other record of a lookup field; all where nothing is known of it. */
    lookupChoices(name) {
        const field = this.field(name);
        if (!field || this.attributes.every(({ refersTo }) => refersTo === undefined)) return this.attributeChoices;
        if (!this.lookups.has(name)) {
            const fitting = this.attributes.filter((attribute) => lookupFits(attribute, field, this.objectsOf));
            this.lookups.set(name, fitting.length > 0 ? this.choicesOf(fitting) : NOTHING);
        }
        return this.lookups.get(name);
    }

    /** Text fields by which a record can be found again. */
    get keyFields() {
        const keys = this.fields.filter(({ externalId, type }) => externalId && type === 'string');
        return { fields: keys, choices: keys.length > 0 ? new Choices(keys.map(choiceOf)) : this.fieldChoices };
    }
}

/** Before the service has said anything. */
export const UNKNOWN = new Described({ fields: [], attributes: [] });
