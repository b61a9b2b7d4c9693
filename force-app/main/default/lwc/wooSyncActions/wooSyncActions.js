import { LightningElement, api } from 'lwc';
import mayRunCommands from '@salesforce/customPermission/Woo_Run_Commands';
import { giveCommand } from 'c/wooSyncRecords';
import { ACTIONS, fieldsOf } from './form';
import { actions, label } from './labels';

const whichs = ['order', 'product', 'customer', 'record'];

/**
 * Gives commands to the sync: those that the person may give.
 * @fires given `{ commandId }`
 */
export default class WooSyncActions extends LightningElement {
    /** `{ key, name }` of all. */
    @api stores = [];

    label = label;
    opened;
    closed;
    which = 'order';
    text = '';
    store = '';
    isBusy = false;
    problem;
    errors;
    mustFocus = false;

    get buttons() {
        const allowed = actions.filter(({ type }) => mayRunCommands || ACTIONS[type].isForAll);
        return allowed.map((action) => ({
            ...action,
            expanded: action.type === this.opened ? 'true' : 'false',
            variant: action.type === this.opened ? 'brand' : 'neutral'
        }));
    }

    get action() {
        return actions.find(({ type }) => type === this.opened);
    }

    get needsRecords() {
        return ACTIONS[this.opened].needs.includes('records');
    }

    get asksForStore() {
        const isOfAll = ACTIONS[this.opened].isOfAll || (this.needsRecords && this.which === 'record');
        return this.stores.length > 1 && !isOfAll;
    }

    get whichOptions() {
        return whichs.map((value) => ({ value, label: label[value] }));
    }

    get storeOptions() {
        const options = this.stores.map(({ key, name }) => ({ label: name, value: key }));
        return this.needsRecords ? options : [{ label: label.allStores, value: '' }, ...options];
    }

    get textLabel() {
        if (this.which === 'record') return label.recordId;
        return this.opened === 'explain' ? label.id : label.ids;
    }

    get textHelp() {
        return this.which === 'record' ? undefined : label.idsHelp;
    }

    /** The form that was opened gets the focus, and its button when it is closed. */
    renderedCallback() {
        if (!this.mustFocus) return;
        this.mustFocus = false;
        this.template.querySelector(this.opened ? '.form' : `[data-type="${this.closed}"]`)?.focus();
    }

    handleOpen(event) {
        const { type } = event.currentTarget.dataset;
        if (type === this.opened) {
            this.close();
            return;
        }
        Object.assign(this, { opened: type, text: '', store: '', problem: undefined, errors: undefined });
        this.mustFocus = true;
    }

    handleClose() {
        this.close();
    }

    close() {
        this.closed = this.opened;
        this.opened = undefined;
        this.mustFocus = true;
    }

    handleWhich(event) {
        this.which = event.detail.value;
        this.problem = undefined;
    }

    handleText(event) {
        this.text = event.detail.value;
        this.problem = undefined;
    }

    handleStore(event) {
        this.store = event.detail.value;
        this.problem = undefined;
    }

    async handleStart() {
        const { which, text, store } = this;
        const { fields, problem } = fieldsOf(this.opened, { which, text, store }, this.stores);
        this.problem = label[problem];
        this.errors = undefined;
        if (problem) return;
        this.isBusy = true;
        try {
            const commandId = await giveCommand(fields);
            this.dispatchEvent(new CustomEvent('given', { detail: { commandId } }));
            this.close();
        } catch (error) {
            this.errors = error;
        }
        this.isBusy = false;
    }
}
