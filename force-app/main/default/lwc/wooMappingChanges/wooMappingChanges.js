import { LightningElement, api } from 'lwc';
import { format, formatList, formatNumber } from 'c/wooFormat';
import { label } from './labels';
import { linesOf } from './sentences';

/** Words of a mapping that Salesforce takes no record without, and what the page calls them. */
const REQUIRED = [
    ['label', label.name],
    ['resource', label.resource],
    ['object', label.object],
    ['externalIdField', label.externalIdField]
];

/**
 * What saving would change.
 * @fires save
 * @fires back
 */
export default class WooMappingChanges extends LightningElement {
    /** As `differencesOf` of `c/wooMappingDraft` gives them. */
    @api differences = [];
    /** The mapping of the draft; left out where it is not to be saved. */
    @api mapping;
    /** How many records of the shop the mapping takes; null where nobody knows. */
    @api count = null;
    /** How many problems hold the mapping. */
    @api held = 0;
    /** The service has said what it thinks of the draft as it is. */
    @api isChecked = false;
    @api isBusy = false;
    /** Only shows them, as those of somebody else. */
    @api readOnly = false;

    label = label;

    @api
    focus() {
        this.template.querySelector('.panel').focus();
    }

    get lines() {
        return linesOf(this.differences);
    }

    get isEmpty() {
        return this.differences.length === 0;
    }

    get removes() {
        return !this.readOnly && this.differences.some(({ change }) => change === 'removed');
    }

    get canSave() {
        return !this.readOnly && !this.isEmpty;
    }

    get concerns() {
        const isKnown = this.count !== null && this.count !== undefined;
        return isKnown ? format(label.concerns, formatNumber(this.count)) : undefined;
    }

    get missing() {
        const { mapping } = this;
        return mapping ? REQUIRED.filter(([word]) => !mapping[word]).map(([, name]) => name) : [];
    }

    get isLocked() {
        return this.isBusy || this.missing.length > 0;
    }

    get warning() {
        if (!this.canSave) return undefined;
        if (this.missing.length > 0) return format(label.incomplete, formatList(this.missing));
        if (!this.isChecked) return label.unchecked;
        return this.held > 0 ? format(label.held, this.held) : undefined;
    }

    handleSave() {
        this.dispatchEvent(new CustomEvent('save'));
    }

    handleBack() {
        this.dispatchEvent(new CustomEvent('back'));
    }
}
