import { LightningElement, api } from 'lwc';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { Choices, isNameTaken } from 'c/wooMappingFit';
import { optionsOf } from 'c/wooMappingWords';
import { label } from './labels';

/** Types of fields by which records may be matched. */
const MATCHED = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist']);

/**
 * What a mapping maps, and by which key.
 * @fires edit `{ act: 'mapping', changes }` or `{ act: 'name', label }`
 */
export default class WooMappingSettings extends LightningElement {
    @api mapping;
    /** `[{ key, label }]` */
    @api stores = [];
    /** A `Described`. */
    @api described = UNKNOWN;
    /** What is wrong with the mapping itself. */
    @api problems = [];
    /** Labels of all other mappings. */
    @api otherLabels = [];
    @api readOnly = false;

    label = label;
    objectChoices = new Choices([]);
    given = [];

    /** `[{ name, label }]` that a mapping may write. */
    @api
    get objects() {
        return this.given;
    }
    set objects(objects) {
        this.given = objects ?? [];
        const options = this.given.map((one) => ({ value: one.name, label: one.label, detail: one.name }));
        options.sort((one, other) => one.label.localeCompare(other.label));
        this.objectChoices = new Choices(options);
    }

    /** Where the objects cannot be read, their names are typed. */
    get hasNoObjects() {
        return this.given.length === 0;
    }

    get isNameTaken() {
        return isNameTaken(this.mapping, this.otherLabels);
    }

    get choices() {
        const { mapping, stores } = this;
        const choice = (word, options = optionsOf(word)) => ({
            word,
            options,
            label: label[word],
            value: mapping[word] ?? ''
        });
        const ofStores = [
            { value: '', label: label.allStores },
            ...stores.map((one) => ({ value: one.key, label: one.label ?? one.key }))
        ];
        return [
            choice('resource'),
            choice('direction'),
            ...(stores.length > 1 || mapping.store ? [choice('store', ofStores)] : [])
        ];
    }

    /** Of WordPress's content there are many types. */
    get isContent() {
        return this.mapping.resource === 'content';
    }

    get keys() {
        return this.described.keyFields;
    }

    get keyHelp() {
        return this.described.isKnown && this.keys.fields.length === 0 ? label.noKey : label.keyHelp;
    }

    get matchKind() {
        const fields = this.described.fields.filter(({ type }) => MATCHED.has(type));
        return { input: 'pick', values: fields.map(({ name, label: text }) => ({ value: name, label: text })) };
    }

    handleName(event) {
        const text = event.currentTarget.value?.trim();
        if (text && text !== this.mapping.label) this.tell({ act: 'name', label: text });
    }

    handleChoice(event) {
        this.change({ [event.currentTarget.dataset.word]: event.detail.value || null });
    }

    handleContentType(event) {
        this.change({ contentType: event.currentTarget.value?.trim().toLowerCase() || null });
    }

    handleObject(event) {
        this.change({ object: event.detail.value });
    }

    handleKey(event) {
        this.change({ externalIdField: event.detail.value });
    }

    handleMatch(event) {
        this.change({ matchFields: event.detail.value });
    }

    change(changes) {
        this.tell({ act: 'mapping', changes });
    }

    tell(detail) {
        this.dispatchEvent(new CustomEvent('edit', { detail }));
    }
}
