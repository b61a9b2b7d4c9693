import { LightningElement, api } from 'lwc';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { valueKind } from 'c/wooMappingFit';
import { optionsOf } from 'c/wooMappingWords';
import { label } from './labels';

/**
 * When a mapping runs, and what becomes of deletions and conflicts.
 * @fires edit `{ act: 'mapping', changes }`
 * @fires typed `{ isUnreadable }`, true for what is no value
 */
export default class WooMappingRules extends LightningElement {
    @api mapping;
    /** A `Described`. */
    @api described = UNKNOWN;
    @api readOnly = false;

    label = label;
    isOpen = false;

    get events() {
        return this.flagsOf(['onCreate', 'onUpdate', 'onDelete']);
    }

    /** Those that only what goes to the shop has. */
    get flags() {
        const goesToShop = this.mapping.direction === 'to_woo' || this.mapping.direction === 'both';
        return goesToShop ? this.flagsOf(['createInWoo', 'keepShopImages', 'editsToAllStores']) : [];
    }

    flagsOf(words) {
        return words.map((word) => ({ word, label: label[word], checked: this.mapping[word] === true }));
    }

    get choices() {
        const choice = (word) => {
            const options = optionsOf(word);
            return { word, options, label: label[word], value: this.mapping[word] ?? options[0].value };
        };
        return [choice('deleteRule'), choice('conflictRule')];
    }

    get isFlagged() {
        return this.mapping.deleteRule === 'flag';
    }

    get isUnknown() {
        return !this.described.isKnown;
    }

    get flagKind() {
        return valueKind(this.described.field(this.mapping.deleteField));
    }

    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }

    get expanded() {
        return String(this.isOpen);
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }

    handleFlag(event) {
        this.change({ [event.currentTarget.dataset.word]: event.detail.checked });
    }

    /** What is no number comes as nothing, and nothing would be the usual interval. */
    handleMinutes(event) {
        const { value } = event.detail;
        const input = event.currentTarget;
        const isNothing = value === '' || value === null;
        const isUnreadable = Boolean(isNothing && input.validity?.badInput);
        this.dispatchEvent(new CustomEvent('typed', { detail: { isUnreadable } }));
        if (isUnreadable) input.reportValidity();
        else this.change({ sweepMinutes: isNothing ? null : Number(value) });
    }

    handleChoice(event) {
        this.change({ [event.currentTarget.dataset.word]: event.detail.value });
    }

    handleDeleteField(event) {
        this.change({ deleteField: event.detail.value });
    }

    handleDeleteValue(event) {
        this.change({ deleteValue: event.detail.value });
    }

    handleMetaKey(event) {
        this.change({ wooMetaKey: event.detail.value || null });
    }

    change(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { act: 'mapping', changes } }));
    }
}
