import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { exampleText, UNKNOWN } from 'c/wooMappingDescribed';
import { takesSeveral, takesValue } from 'c/wooMappingFit';
import { optionsOf } from 'c/wooMappingWords';
import { label } from './labels';

/** Operators whose value is one of those that the shop has. */
const PICKED = new Set(['equals', 'not_equals', 'in', 'not_in']);

/**
 * One condition of a mapping.
 * @fires change `{ changes }` in the engine's words
 * @fires remove
 */
export default class WooMappingCondition extends LightningElement {
    /** A condition of a draft. */
    @api row;
    /** A `Described`. */
    @api described = UNKNOWN;
    /** `{ actual, met }` of the record that is looked at. */
    @api outcome;
    /** `[{ message, cure, fatal }]` */
    @api problems = [];
    @api readOnly = false;

    label = label;
    operators = optionsOf('operator');

    get attributeLabel() {
        return `${this.row.position}. ${label.attribute}`;
    }

    get removeLabel() {
        return format(label.removeCondition, this.row.position);
    }

    get canEdit() {
        return !this.readOnly;
    }

    get hasError() {
        return this.problems.some(({ fatal }) => fatal);
    }

    get hasValue() {
        return takesValue(this.row.operator);
    }

    get isSeveral() {
        return takesSeveral(this.row.operator);
    }

    get kind() {
        const { attribute, operator } = this.row;
        const known = this.described.attribute(attribute);
        if (known?.kind === 'yes_no' && operator === 'equals') return { input: 'yes_no' };
        const values = PICKED.has(operator) ? this.described.valuesOf(attribute) : [];
        return values.length > 0 ? { input: 'pick', values, isOpen: true } : { input: 'text' };
    }

    get icon() {
        return this.outcome.met ? 'utility:success' : 'utility:ban';
    }

    get variant() {
        return this.outcome.met ? 'success' : undefined;
    }

    get sentence() {
        const { met, actual } = this.outcome;
        return format(met ? label.met : label.unmet, exampleText(actual) || label.empty);
    }

    handleAttribute(event) {
        this.tell({ attribute: event.detail.value });
    }

    handleOperator(event) {
        event.stopPropagation();
        const { value } = event.detail;
        this.tell({ operator: value, ...(!takesValue(value) && { value: null }) });
    }

    handleValue(event) {
        event.stopPropagation();
        this.tell({ value: event.detail.value });
    }

    handleRemove() {
        this.dispatchEvent(new CustomEvent('remove'));
    }

    tell(changes) {
        this.dispatchEvent(new CustomEvent('change', { detail: { changes } }));
    }
}
