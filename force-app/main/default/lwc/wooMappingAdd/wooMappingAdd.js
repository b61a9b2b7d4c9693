import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { exampleText } from 'c/wooMappingDescribed';
import { Choices, suggestRows } from 'c/wooMappingFit';
import { label } from './labels';

/**
 * Chooses several attributes at once; each goes into the field that suits it best.
 * @fires add `{ rows }`: `{ attribute, field, kind }` each
 * @fires close
 */
export default class WooMappingAdd extends LightningElement {
    /** A `Described`. */
    @api described;
    /** Rows of the draft: their attributes are not offered again. */
    @api rows = [];
    /** Lower-case names of fields that no new row may fill. */
    @api taken = [];

    label = label;
    text = '';
    ticked = [];
    offered;
    choices;
    suggestions;

    connectedCallback() {
        const mapped = new Set(this.rows.map(({ attribute }) => attribute));
        const free = this.described.attributes.filter(({ name, kind }) => !mapped.has(name) && kind !== 'object');
        const suggested = this.suggest(free);
        this.suggestions = new Map(suggested.map((row) => [row.attribute, row]));
        const isLikely = ({ name }) => this.suggestions.get(name).field !== null;
        this.offered = [...free.filter(isLikely), ...free.filter((one) => !isLikely(one))];
        this.choices = new Choices(
            this.offered.map(({ name, example, also }) => ({ value: name, detail: exampleText(example), also }))
        );
    }

    @api
    focus() {
        this.template.querySelector('.search').focus();
    }

    suggest(attributes) {
        return suggestRows(attributes, this.described.fields, this.taken, this.described.objectsOf);
    }

    get found() {
        return this.choices.search(this.text);
    }

    get shown() {
        return this.found.options.map(({ value: name, detail: example }, at) => {
            const field = this.suggestions.get(name).field;
            const text = field ? format(label.suggestion, this.described.field(field).label) : label.noSuggestion;
            return {
                name,
                example,
                field: text,
                id: `tick-${at}`,
                isTicked: this.ticked.includes(name),
                style: field ? 'slds-m-left_x-small' : 'slds-m-left_x-small slds-text-color_weak'
            };
        });
    }

    get note() {
        const { options, more } = this.found;
        if (more > 0) return format(label.more, more);
        return options.length === 0 ? format(label.none, this.text) : undefined;
    }

    get likely() {
        return this.offered.map(({ name }) => name).filter((name) => this.suggestions.get(name).field !== null);
    }

    get suggestedCount() {
        return this.likely.filter((name) => !this.ticked.includes(name)).length;
    }

    get tickAll() {
        return format(label.suggested, this.suggestedCount);
    }

    get isEmpty() {
        return this.ticked.length === 0;
    }

    get addLabel() {
        return this.ticked.length === 1 ? label.addOne : format(label.add, this.ticked.length);
    }

    handleSearch(event) {
        this.text = event.detail.value;
    }

    handleKey(event) {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        const [first] = this.found.options;
        if (!this.text.trim() || !first) return;
        this.tick(first.value, true);
        this.text = '';
    }

    handleTick({ currentTarget: { checked, dataset } }) {
        this.tick(dataset.name, checked);
    }

    tick(name, isOn) {
        const others = this.ticked.filter((one) => one !== name);
        this.ticked = isOn ? [...others, name] : others;
    }

    handleAll() {
        this.ticked = [...new Set([...this.ticked, ...this.likely])];
    }

    /** Of those alone that were chosen: a field that another would have had is free. */
    handleAdd() {
        const chosen = this.offered.filter(({ name }) => this.ticked.includes(name));
        this.dispatchEvent(new CustomEvent('add', { detail: { rows: this.suggest(chosen) } }));
    }

    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
}
