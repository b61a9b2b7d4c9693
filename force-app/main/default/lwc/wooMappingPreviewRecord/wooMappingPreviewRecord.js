import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { actions, label } from './labels';
import { conditionOf, rowOf } from './rows';

const WRITES = { name: 'utility:success', variant: 'success' };
const NOTHING = { name: 'utility:info' };
const ASKS = { name: 'utility:warning', variant: 'warning' };
const icons = {
    ...{ create: WRITES, adopt: WRITES, update: WRITES, refused: { name: 'utility:error', variant: 'error' } },
    ...{ ambiguous: ASKS, delete_rule: ASKS, unknown: ASKS, unseen: ASKS }
};

/** One record in the preview of a mapping. */
export default class WooMappingPreviewRecord extends NavigationMixin(LightningElement) {
    label = label;
    shown;
    /** Of the record in Salesforce; nothing where there is none. */
    url = null;

    /** One of `records` of the answer. */
    @api
    get record() {
        return this.shown;
    }
    set record(record) {
        this.shown = record;
        this.makeLink(record.recordId);
    }

    async makeLink(recordId) {
        this.url = null;
        if (!recordId) return;
        const attributes = { recordId, actionName: 'view' };
        const url = await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
        if (this.shown.recordId === recordId) this.url = url;
    }

    get conditions() {
        return this.record.conditions.map(conditionOf);
    }

    get hasConditions() {
        return this.record.conditions.length > 0;
    }

    get met() {
        return this.record.met ? label.allMet : label.notAllMet;
    }

    get rows() {
        return this.record.rows.map(rowOf);
    }

    get hasRows() {
        return this.record.rows.length > 0;
    }

    get outcome() {
        const { action } = this.record;
        const { name, variant } = icons[action] ?? NOTHING;
        return { icon: name, variant, text: actions[action] ?? action };
    }
}
