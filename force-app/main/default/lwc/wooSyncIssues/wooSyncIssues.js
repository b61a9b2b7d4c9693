import { LightningElement, api } from 'lwc';
import { label } from './labels';

const kinds = ['conflict', 'failed', 'ambiguous', 'setup'];

/**
 * A page of open issues, with filters by kind and store.
 * @fires filter `{ kind, store }`, empty for all
 * @fires page `{ step }`: 1 for the next, -1 for the one before
 * @fires settle as `c-woo-sync-issue` does
 */
export default class WooSyncIssues extends LightningElement {
    /** Of this page, as `issueOf` of `c/wooSyncRecords` gives them. */
    @api issues = [];
    @api total = 0;
    /** How many issues stand before this page. */
    @api offset = 0;
    @api pageSize;
    @api hasNext = false;
    @api kind = '';
    @api store = '';
    /** `{ key, name }` of all. */
    @api stores = [];
    @api mayAct = false;
    /** Ids of issues that a command tries again, `*` for all. */
    @api tried = [];

    label = label;

    get rows() {
        const isTried = ({ id }) => this.tried.includes('*') || this.tried.includes(id);
        return this.issues.map((issue) => ({ issue, key: issue.id, isTried: isTried(issue) }));
    }

    get isEmpty() {
        return this.issues.length === 0;
    }

    get isFiltered() {
        return this.kind !== '' || this.store !== '';
    }

    get emptyText() {
        return this.isFiltered ? label.noneLikeThis : label.none;
    }

    get hasFilters() {
        return this.isFiltered || !this.isEmpty;
    }

    get hasStores() {
        return this.stores.length > 1;
    }

    get kindOptions() {
        return [{ label: label.allKinds, value: '' }, ...kinds.map((kind) => ({ label: label[kind], value: kind }))];
    }

    get storeOptions() {
        const options = this.stores.map(({ key, name }) => ({ label: name, value: key }));
        return [{ label: label.allStores, value: '' }, ...options];
    }

    handleKind(event) {
        this.tell('filter', { kind: event.detail.value, store: this.store });
    }

    handleStore(event) {
        this.tell('filter', { kind: this.kind, store: event.detail.value });
    }

    handlePrevious() {
        this.tell('page', { step: -1 });
    }

    handleNext() {
        this.tell('page', { step: 1 });
    }

    handleSettle(event) {
        this.tell('settle', event.detail);
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
