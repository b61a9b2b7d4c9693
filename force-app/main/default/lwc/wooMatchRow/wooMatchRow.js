import { LightningElement, api } from 'lwc';
import { format, formatList, readableText } from 'c/wooFormat';
import { label } from './labels';

const STATES = {
    adopt: { text: label.adopt, badge: 'slds-badge' },
    share: { text: label.share, badge: 'slds-badge' },
    create: { text: label.creates, badge: 'slds-badge' },
    ambiguous: { text: label.ambiguous, badge: 'slds-badge slds-theme_warning' },
    refused: { text: label.refused, badge: 'slds-badge slds-theme_error' },
    accepted: { text: label.accepted, badge: 'slds-badge slds-theme_success' },
    use: { text: label.use, badge: 'slds-badge slds-theme_success' },
    leave_out: { text: label.leftOut, badge: 'slds-badge slds-badge_inverse' },
    open: { text: label.open, badge: 'slds-badge' }
};

/**
 * Where one record of the shop goes, and what can be decided of it.
 * @fires decide `{ id, act, recordId }` as `decide` of `c/wooMatchDecide` takes it
 */
export default class WooMatchRow extends LightningElement {
    @api row;
    /** Records that are known, by id. */
    @api names = new Map();
    /** Rows that would go to the same record. */
    @api others = [];
    @api namesMapping = false;
    @api disabled = false;

    label = label;
    isSearching = false;

    renderedCallback() {
        if (this.isSearching && !this.hasSearchFocus) this.refs.pick.focus();
        this.hasSearchFocus = this.isSearching;
    }

    get name() {
        return readableText(this.row.name || this.row.sign || this.row.key);
    }

    get about() {
        const { sign, key, mappingLabel } = this.row;
        return readableText([sign, key, this.namesMapping ? mappingLabel : ''].filter(Boolean).join(' · '));
    }

    get state() {
        return STATES[this.row.action];
    }

    get canChooseOne() {
        return this.row.action === 'ambiguous';
    }

    get records() {
        const { object, records } = this.row;
        return records.map((id) => {
            const known = this.names.get(id);
            const name = known?.name ?? id;
            const sign = known ? known.sign : format(label.hidden, id);
            const url = `/lightning/r/${object}/${id}/view`;
            return { id, name, sign, url, title: format(label.chooseName, name) };
        });
    }

    get more() {
        return this.row.more > 0 ? format(label.more, this.row.more) : null;
    }

    get twice() {
        if (this.others.length === 0) return null;
        return format(label.twice, formatList(this.others.map(({ name, key }) => `${name || key} (${key})`)));
    }

    get canAccept() {
        return ['adopt', 'share'].includes(this.row.action) && this.row.records.length === 1;
    }

    get acceptName() {
        return format(label.acceptName, this.name);
    }

    get menuName() {
        return format(label.menu, this.name);
    }

    get actions() {
        const { action, decided, row } = this.row;
        const isDecided = action === 'accepted' || Boolean(row);
        return [
            { act: 'another', text: label.another, icon: 'utility:search' },
            ...(decided === 'create' ? [] : [{ act: 'create', text: label.create, icon: 'utility:add' }]),
            ...(decided === 'leave_out' ? [] : [{ act: 'leaveOut', text: label.leaveOut, icon: 'utility:ban' }]),
            ...(isDecided ? [{ act: 'undo', text: label.undo, icon: 'utility:undo' }] : [])
        ];
    }

    handleAccept() {
        this.decide('accept', { recordId: this.row.records[0] });
    }

    handleCandidate(event) {
        this.decide('accept', { recordId: event.currentTarget.dataset.id });
    }

    handleFound({ detail: { id } }) {
        this.decide('accept', { recordId: id });
    }

    handleSelect({ detail: { value } }) {
        if (value === 'another') this.isSearching = !this.isSearching;
        else this.decide(value);
    }

    decide(act, more = {}) {
        this.isSearching = false;
        this.dispatchEvent(new CustomEvent('decide', { detail: { id: this.row.id, act, ...more } }));
    }
}
