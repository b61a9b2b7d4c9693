import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { Findings, keyOf, missingFields } from 'c/wooMappingFit';
import { label } from './labels';
import { isFound, rowFor, withField } from './rows';

/** Rows that are drawn at once. */
const PAGE = 50;
/** So many rows are seen without a search. */
const FEW = 10;

/**
 * The rows of a mapping.
 * @fires edit `{ act: 'fields', rows }` for new ones, or `{ act: 'change' | 'remove', kind: 'fields', name, changes }`
 */
export default class WooMappingFields extends LightningElement {
    @api mapping;
    /** Fields of a draft. */
    @api rows = [];
    /** A `Described`. */
    @api described = UNKNOWN;
    /** A `Findings`. */
    @api findings = new Findings();
    @api readOnly = false;

    label = label;
    isAdding = false;
    text = '';
    onlyWrong = false;
    limit = PAGE;
    /** Position of the row that gets the focus once it is drawn. */
    focused;

    get title() {
        return `${label.fields} (${this.rows.length})`;
    }

    get canEdit() {
        return !this.readOnly;
    }

    /** Fields that a new row is not offered: those of the others, and the key, which the sync fills. */
    get taken() {
        return [this.mapping.externalIdField, ...this.rows.map(({ field }) => field)].map(keyOf);
    }

    get isEmpty() {
        return this.rows.length === 0;
    }

    get hasFilter() {
        return this.rows.length > FEW || this.wrongCount > 0;
    }

    get missing() {
        if (this.readOnly) return [];
        const fields = missingFields({ mapping: this.mapping, fields: this.rows }, this.described.fields);
        return fields.map((field) => ({ name: field.name, label: format(label.addRequired, field.label) }));
    }

    get wrongCount() {
        return this.rows.filter(({ name }) => this.findings.isWrong(name)).length;
    }

    get onlyWrongLabel() {
        return format(label.onlyWrong, this.wrongCount);
    }

    get matching() {
        const { rows, findings, described, text } = this;
        const isShown = (row) => !this.onlyWrong || this.wrongCount === 0 || findings.isWrong(row.name);
        return rows.filter((row) => isShown(row) && isFound(row, described, text));
    }

    get isUnmatched() {
        return !this.isEmpty && this.matching.length === 0;
    }

    get shown() {
        const { findings } = this;
        return this.matching
            .slice(0, this.limit)
            .map((row) => ({ row, shown: findings.row(row.name), problems: findings.at(row.name) }));
    }

    get moreCount() {
        return Math.max(0, this.matching.length - this.limit);
    }

    get moreLabel() {
        return format(label.showMore, Math.min(PAGE, this.moreCount));
    }

    /** A row that was just added is where one goes on. */
    renderedCallback() {
        if (this.focused === undefined) return;
        const element = this.template.querySelectorAll('c-woo-mapping-field')[this.focused];
        if (!element) return;
        this.focused = undefined;
        element.focus();
    }

    handleFilter(event) {
        this.text = event.detail.value;
        this.limit = PAGE;
    }

    handleOnlyWrong(event) {
        this.onlyWrong = event.detail.checked;
        this.limit = PAGE;
    }

    handleMore() {
        this.limit += PAGE;
    }

    handleSeveral() {
        this.isAdding = true;
    }

    handleClose() {
        this.isAdding = false;
    }

    handleAdd(event) {
        this.isAdding = false;
        this.tell({ act: 'fields', rows: event.detail.rows });
    }

    handleRow() {
        this.add({ kind: 'attribute' });
    }

    handleStatic() {
        this.add({ kind: 'static' });
    }

    handleRequired(event) {
        const field = this.described.field(event.currentTarget.dataset.name);
        this.add(rowFor(field, this.rows, this.described));
    }

    add(row) {
        Object.assign(this, { text: '', onlyWrong: false, focused: this.rows.length, isAdding: false });
        this.limit = Math.max(this.limit, this.rows.length + 1);
        this.tell({ act: 'fields', rows: [row] });
    }

    handleChange(event) {
        const { name } = event.currentTarget.dataset;
        const row = this.rows.find((one) => one.name === name);
        const changes = withField(event.detail.changes, row, this.taken, this.described);
        this.tell({ act: 'change', kind: 'fields', name, changes });
    }

    handleRemove(event) {
        this.tell({ act: 'remove', kind: 'fields', name: event.currentTarget.dataset.name });
    }

    /** Enter goes to the next row, behind the last one to a new one. */
    handleNext(event) {
        const elements = [...this.template.querySelectorAll('c-woo-mapping-field')];
        const next = elements[elements.indexOf(event.currentTarget) + 1];
        if (next) next.focus();
        else if (this.canEdit) this.add({ kind: 'attribute' });
    }

    tell(detail) {
        this.dispatchEvent(new CustomEvent('edit', { detail }));
    }
}
