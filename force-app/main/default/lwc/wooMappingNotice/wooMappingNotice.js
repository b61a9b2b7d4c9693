import { LightningElement, api } from 'lwc';

const ICONS = { info: 'utility:info', success: 'utility:success', warning: 'utility:warning', error: 'utility:error' };

/**
 * A sentence on the state of the page; more may be put into it.
 * @fires action `{ name }`
 */
export default class WooMappingNotice extends LightningElement {
    /** `info`, `success`, `warning` or `error` */
    @api kind = 'info';
    @api text;
    /** `[{ name, label }]` */
    @api actions = [];

    get icon() {
        return ICONS[this.kind];
    }

    get iconVariant() {
        return this.kind === 'info' ? undefined : this.kind;
    }

    get role() {
        return this.kind === 'error' ? 'alert' : 'status';
    }

    handleAction(event) {
        this.dispatchEvent(new CustomEvent('action', { detail: { name: event.currentTarget.dataset.name } }));
    }
}
