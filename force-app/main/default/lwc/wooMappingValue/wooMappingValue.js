import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { Choices, severalOf } from 'c/wooMappingFit';
import { label as texts } from './labels';

const TEXT = { input: 'text' };

/** Its name in the shop, and what the configuration holds. */
const optionOf = ({ value, label }) => ({ value, label, ...(label && label !== value && { detail: value }) });

/**
 * A value to type in or to choose, as what it is for takes it.
 * @fires change `{ value }`: a text as the configuration holds it, or null
 */
export default class WooMappingValue extends LightningElement {
    @api label;
    @api variant;
    @api placeholder;
    @api disabled = false;
    @api value;
    /** Values divided by semicolons. */
    @api several = false;

    shown = TEXT;
    choices = new Choices([]);
    yesNo = [
        { value: 'true', label: texts.yes },
        { value: 'false', label: texts.no }
    ];

    /** As `valueKind` of `c/wooMappingFit` gives it. */
    @api
    get kind() {
        return this.shown;
    }
    set kind(kind) {
        this.shown = kind ?? TEXT;
        this.choices = new Choices((kind?.values ?? []).map(optionOf));
    }

    get isYesNo() {
        return this.shown.input === 'yes_no';
    }

    get isPick() {
        return this.shown.input === 'pick' || this.several;
    }

    get isOpen() {
        return this.shown.isOpen !== false;
    }

    get inputType() {
        return this.shown.input === 'date' ? 'date' : 'text';
    }

    get picked() {
        return this.several ? null : this.value;
    }

    get pickPlaceholder() {
        return this.several ? texts.addValue : this.placeholder;
    }

    get values() {
        return this.several ? severalOf(this.value) : [];
    }

    get pills() {
        return this.values.map((value) => {
            const label = this.choices.labelOf(value);
            return { value, label, remove: format(texts.removeValue, label) };
        });
    }

    get canRemove() {
        return !this.disabled;
    }

    handleInput(event) {
        event.stopPropagation();
        this.tell(event.detail.value);
    }

    handleChoose({ detail: { value } }) {
        if (!this.several) this.tell(value);
        else if (value) this.tell([...new Set([...this.values, ...severalOf(value)])].join(';'));
    }

    handleRemove(event) {
        const { value } = event.currentTarget.dataset;
        this.tell(this.values.filter((one) => one !== value).join(';'));
    }

    tell(value) {
        this.dispatchEvent(new CustomEvent('change', { detail: { value: value === '' ? null : value } }));
    }
}
