import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { wordOf } from 'c/wooMappingWords';
import { actions, label } from './labels';
import { conditionOf, rowOf } from './rows';

const WRITES = { name: 'utility:success', variant: 'success' };
const NOTHING = { name: 'utility:info' };
const ASKS = { name: 'utility:warning', variant: 'warning' };
const icons = {
    create: WRITES,
    adopt: WRITES,
    update: WRITES,
    refused: { name: 'utility:error', variant: 'error' },
    ambiguous: ASKS,
    delete_rule: ASKS,
    unknown: ASKS,
    unseen: ASKS
};

/** One record in the preview of a mapping. */
export default class WooMappingPreviewRecord extends NavigationMixin(LightningElement) {
    /** A `Described`: labels of fields. */
    @api described = UNKNOWN;
    /** Of the mapping. */
    @api resource;

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

    /** `order 7` of the service, in the words of the page. */
    get title() {
        const { title } = this.record;
        const word = this.resource?.replaceAll('_', ' ');
        const isOfResource = word && title.toLowerCase().startsWith(`${word} `);
        return isOfResource ? `${wordOf('resource', this.resource)} ${title.slice(word.length + 1)}` : title;
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
        return this.record.rows.map((row, at) => rowOf(row, at, this.described));
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
