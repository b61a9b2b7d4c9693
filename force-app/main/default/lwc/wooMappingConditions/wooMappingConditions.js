import { LightningElement, api } from 'lwc';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { Findings, logicKind, logicOf } from 'c/wooMappingFit';
import { optionsOf } from 'c/wooMappingWords';
import { label } from './labels';

/** What is asked of most records: their status. */
const USUAL = 'status';

/**
 * The conditions of a mapping and their logic.
 * @fires edit `{ act: 'change' | 'remove', kind: 'conditions', name, changes }`, `{ act: 'condition', values }` for a new
 * one, or `{ act: 'mapping', changes }`
 */
export default class WooMappingConditions extends LightningElement {
    @api mapping;
    /** Conditions of a draft. */
    @api rows = [];
    /** A `Described`. */
    @api described = UNKNOWN;
    /** A `Findings`. */
    @api findings = new Findings();
    @api readOnly = false;

    label = label;
    unmetOptions = optionsOf('whenUnmet');
    logicOptions = [
        { value: 'all', label: label.logicAll },
        { value: 'any', label: label.logicAny },
        { value: 'own', label: label.logicOwn }
    ];
    /** That the user wants to write the logic, although it still says all or any. */
    wantsOwn = false;

    get shown() {
        const { findings } = this;
        return this.rows.map((row) => ({
            row,
            outcome: findings.conditions.get(row.position),
            problems: findings.at(row.name)
        }));
    }

    get isEmpty() {
        return this.rows.length === 0;
    }

    get isAny() {
        return !this.isEmpty;
    }

    get hasLogic() {
        return this.rows.length > 1 || this.kind !== 'all';
    }

    get canEdit() {
        return !this.readOnly;
    }

    get positions() {
        return this.rows.map(({ position }) => position);
    }

    get kind() {
        return this.wantsOwn ? 'own' : logicKind(this.mapping.conditionLogic, this.positions);
    }

    get isOwn() {
        return this.kind === 'own';
    }

    get whenUnmet() {
        return this.mapping.whenUnmet ?? 'keep';
    }

    handleAdd() {
        const isUsual = !this.described.isKnown || this.described.attribute(USUAL) !== undefined;
        this.tell({ act: 'condition', values: { attribute: isUsual ? USUAL : null, operator: 'equals' } });
    }

    handleChange(event) {
        const { name } = event.currentTarget.dataset;
        this.tell({ act: 'change', kind: 'conditions', name, changes: event.detail.changes });
    }

    handleRemove(event) {
        this.tell({ act: 'remove', kind: 'conditions', name: event.currentTarget.dataset.name });
    }

    handleLogic(event) {
        const { value } = event.detail;
        this.wantsOwn = value === 'own';
        this.change({ conditionLogic: logicOf(value, this.positions) });
    }

    handleOwn(event) {
        this.change({ conditionLogic: event.detail.value || null });
    }

    handleUnmet(event) {
        this.change({ whenUnmet: event.detail.value });
    }

    change(changes) {
        this.tell({ act: 'mapping', changes });
    }

    tell(detail) {
        this.dispatchEvent(new CustomEvent('edit', { detail }));
    }
}
