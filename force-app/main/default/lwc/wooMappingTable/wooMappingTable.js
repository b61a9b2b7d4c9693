import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { Choices, formatTable, parseTable, valueKind, withMissing } from 'c/wooMappingFit';
import { label } from './labels';

const EMPTY = { shop: '', salesforce: '' };

/**
 * A value table, line by line, and what stands for the rest.
 * @fires change `{ valueTable }` or `{ defaultValue }`
 */
export default class WooMappingTable extends LightningElement {
    @api disabled = false;
    @api defaultValue;
    /** The Salesforce field, as the service describes it. */
    @api field;

    label = label;
    pairs = [EMPTY];
    shopValues = [];
    choices = new Choices([]);

    /** As the configuration holds it. */
    @api
    get value() {
        return formatTable(this.pairs);
    }
    set value(text) {
        // Lines that are not filled in yet stay where they are.
        if ((text ?? null) === formatTable(this.pairs)) return;
        const pairs = parseTable(text);
        this.pairs = pairs.length > 0 ? pairs : [EMPTY];
    }

    /** Values that the shop has: `[{ value, label }]`. */
    @api
    get values() {
        return this.shopValues;
    }
    set values(values) {
        this.shopValues = values ?? [];
        this.choices = new Choices(this.shopValues.map((one) => ({ ...one })));
    }

    get canEdit() {
        return !this.disabled;
    }

    get kind() {
        return valueKind(this.field);
    }

    get lines() {
        return this.pairs.map((pair, at) => ({
            ...pair,
            at,
            key: `line-${at}`,
            variant: at === 0 ? 'standard' : 'label-hidden',
            remove: format(label.removeLine, pair.shop || String(at + 1))
        }));
    }

    get filled() {
        return this.pairs.filter(({ shop }) => shop);
    }

    get missing() {
        return withMissing(this.filled, this.shopValues).length - this.filled.length;
    }

    get addAll() {
        return format(label.addLines, this.missing);
    }

    handleShop(event) {
        this.change(event.currentTarget.dataset.at, { shop: event.detail.value ?? '' });
    }

    handleSalesforce(event) {
        event.stopPropagation();
        this.change(event.currentTarget.dataset.at, { salesforce: event.detail.value ?? '' });
    }

    handleAdd() {
        this.pairs = [...this.pairs, EMPTY];
    }

    handleAll() {
        this.take(withMissing(this.filled, this.shopValues));
    }

    handleRemove(event) {
        const at = Number(event.currentTarget.dataset.at);
        this.take(this.pairs.filter((_, index) => index !== at));
    }

    handleRest(event) {
        event.stopPropagation();
        this.tell({ defaultValue: event.detail.value });
    }

    change(at, values) {
        this.take(this.pairs.map((pair, index) => (index === Number(at) ? { ...pair, ...values } : pair)));
    }

    take(pairs) {
        this.pairs = pairs.length > 0 ? pairs : [EMPTY];
        this.tell({ valueTable: formatTable(this.pairs) });
    }

    tell(detail) {
        this.dispatchEvent(new CustomEvent('change', { detail }));
    }
}
