import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { exampleText, UNKNOWN } from 'c/wooMappingDescribed';
import { comparesTwo, takesPeriod, takesSeveral, takesValue } from 'c/wooMappingFit';
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
    /** Whether it was chosen to name another attribute, which is not named yet. */
    isPairing = false;

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

    get isPair() {
        return comparesTwo(this.row.operator) && (this.isPairing || Boolean(this.row.otherAttribute));
    }

    get hasValue() {
        return takesValue(this.row.operator) && !this.isPair;
    }

    get valueLabel() {
        return takesPeriod(this.row.operator) ? label.period : label.value;
    }

    get periodHelp() {
        return takesPeriod(this.row.operator) ? label.periodHelp : null;
    }

    /** What the button under the value changes to; null where only a value is taken. */
    get swapLabel() {
        if (this.readOnly || !comparesTwo(this.row.operator)) return null;
        return this.isPair ? label.compareValue : label.compareAttribute;
    }

    get isSeveral() {
        return takesSeveral(this.row.operator);
    }

    get kind() {
        const { attribute, operator } = this.row;
        if (takesPeriod(operator)) return { input: 'pick', values: optionsOf('period'), isOpen: true };
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
        const { operator } = this.row;
        const isKept = takesValue(value) && takesPeriod(value) === takesPeriod(operator);
        this.isPairing = this.isPairing && comparesTwo(value);
        this.tell({
            operator: value,
            ...(!isKept && { value: null }),
            ...(!comparesTwo(value) && this.row.otherAttribute && { otherAttribute: null })
        });
    }

    handleValue(event) {
        event.stopPropagation();
        this.tell({ value: event.detail.value });
    }

    handleOther(event) {
        this.tell({ otherAttribute: event.detail.value });
    }

    handleSwap() {
        this.isPairing = !this.isPair;
        this.tell(this.isPairing ? { value: null } : { otherAttribute: null });
    }

    handleRemove() {
        this.dispatchEvent(new CustomEvent('remove'));
    }

    tell(changes) {
        this.dispatchEvent(new CustomEvent('change', { detail: { changes } }));
    }
}
