import { LightningElement, wire } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { format, formatNumber } from 'c/wooFormat';
import { storesOf } from 'c/wooSyncRecords';
import { label } from './labels';
import { EMPTY, joined, replaced } from './list';
import { STORES } from './query';
import { byRule } from './rows';
import { carryOut } from './rule';
import { filterOptionsOf, notesOf, pageOf, resourceOptions } from './view';

/** Suggestions that are held at once; the others are listed when these are looked through. */
const MOST = 5000;

const isStates = ({ state }) => state === 'paused' || state === 'down' || state === 'unreachable';

/** Where records of a shop go that were never synced, and what people decide of them, before anything is written. */
export default class WooMatches extends LightningElement {
    label = label;
    resourceOptions = resourceOptions;
    storesQuery = STORES;
    stores = [];
    store = '';
    resource = 'customer';

    /** Null before the first list. */
    list = null;
    filter = 'all';
    offset = 0;
    /** Records of the org that are known, by id. */
    names = new Map();
    errors = [];

    finder = null;
    /** `{ done, total }` of decisions that are carried out. */
    progress = null;
    isStopped = false;

    disconnectedCallback() {
        this.handleStop();
    }

    @wire(graphql, { query: '$storesQuery' })
    wiredStores({ data, errors }) {
        if (errors) this.errors = errors;
        const nodes = data?.uiapi?.query.Woo_Store_Status__c?.edges.map(({ node }) => node);
        if (!nodes) return;
        this.stores = storesOf(nodes, new Date());
        this.store = this.store || (this.stores[0]?.key ?? '');
    }

    get hasStores() {
        return this.stores.length > 1;
    }

    get storeOptions() {
        return this.stores.map(({ key, name }) => ({ value: key, label: name }));
    }

    /** Why nothing is written, or nothing answers. */
    get notice() {
        const store = this.stores.find(({ key }) => key === this.store);
        return store && isStates(store) ? store.message : null;
    }

    get isFinding() {
        return this.finder !== null;
    }

    get isBusy() {
        return this.isFinding || this.progress !== null;
    }

    get busyText() {
        const say = (text, ...numbers) => format(text, ...numbers.map(formatNumber));
        if (this.progress) return say(label.deciding, this.progress.done, this.progress.total);
        return this.isFinding ? say(label.finding, this.list.read, this.list.rows.length) : '';
    }

    get notes() {
        return notesOf(this.list ?? EMPTY);
    }

    get hasRows() {
        return this.list !== null && this.list.rows.length > 0;
    }

    get isEmpty() {
        return this.list !== null && !this.hasRows && !this.isFinding && !this.hasProblems;
    }

    /** None of those that were looked at is left, or there were none. */
    get emptyText() {
        const { read } = this.list;
        return read > 0 ? format(label.noneLeft, formatNumber(read)) : label.empty;
    }

    get filterOptions() {
        return filterOptionsOf(this.list);
    }

    get page() {
        return pageOf(this.list, this.filter, this.offset);
    }

    get namesMapping() {
        return new Set(this.list.rows.map(({ mapping }) => mapping)).size > 1;
    }

    get canFindMore() {
        return this.list.next !== null && !this.isFinding;
    }

    get hasProblems() {
        return this.errors.length > 0;
    }

    handleStore({ detail: { value } }) {
        this.store = value;
        this.forget();
    }

    handleResource({ detail: { value } }) {
        this.resource = value;
        this.forget();
    }

    forget() {
        this.handleStop();
        Object.assign(this, { list: null, offset: 0, filter: 'all', names: new Map(), errors: [] });
    }

    handleFind() {
        this.forget();
        this.list = EMPTY;
        return this.find(MOST);
    }

    handleFindMore() {
        return this.find(this.list.rows.length + MOST);
    }

    /** Lists on until so many are held. */
    async find(most) {
        const finder = new AbortController();
        this.finder = finder;
        this.errors = [];
        try {
            do {
                const { resource, store } = this;
                const asked = { resource, store, from: this.list.next, signal: finder.signal };
                // Each answer says where the next one begins.
                // eslint-disable-next-line no-await-in-loop
                const answer = await this.refs.ask.matches(asked);
                if (this.finder !== finder) return;
                this.list = joined(this.list, answer);
                this.lookUp();
            } while (this.list.next !== null && this.list.rows.length < most);
        } catch (error) {
            if (this.finder === finder && error.code !== 'DROPPED') this.errors = [error];
        } finally {
            if (this.finder === finder) this.finder = null;
        }
    }

    /** Names what is shown; who may not see records sees their ids. */
    async lookUp() {
        const wanted = this.page.shown.flatMap(({ row }) => {
            const records = row.records.filter((id) => !this.names.has(id));
            return records.length > 0 ? [{ ...row, records }] : [];
        });
        if (wanted.length > 0) await this.read(wanted).catch(() => undefined);
    }

    /** Records as they are now, which names them too. */
    async read(rows, options) {
        const now = await this.refs.reader.read(rows, options);
        this.names = new Map([...this.names, ...now.records]);
        return now;
    }

    handleStop() {
        this.isStopped = true;
        const { finder } = this;
        this.finder = null;
        finder?.abort();
    }

    handleFilter({ detail: { value } }) {
        this.filter = value;
        this.turnTo(0);
    }

    handlePrevious() {
        this.turnTo(this.page.previous);
    }

    handleNext() {
        this.turnTo(this.page.next);
    }

    turnTo(offset) {
        this.offset = offset;
        this.lookUp();
    }

    handleDecide({ detail: { id, ...decision } }) {
        const row = this.list.rows.find((one) => one.id === id);
        return this.carryOut([{ row, decision }]);
    }

    handleAcceptAll() {
        return this.decideAll('accept', label.acceptAll, label.acceptAllText);
    }

    handleCreateAll() {
        return this.decideAll('create', label.createAll, label.createAllText);
    }

    /** Carries a rule out on all rows, whatever the filter shows. */
    async decideAll(rule, heading, text) {
        const decisions = byRule(rule, this.list);
        const message = format(text, formatNumber(decisions.length));
        if (!(await LightningConfirm.open({ label: heading, message, theme: 'warning' }))) return;
        await this.carryOut(decisions);
        const failed = this.list.rows.filter(({ error }) => error !== null).length;
        if (failed > 0) this.errors = [...this.errors, format(label.failed, formatNumber(failed))];
    }

    async carryOut(decisions) {
        Object.assign(this, { isStopped: false, errors: [], progress: { done: 0, total: decisions.length } });
        const took = (rows) => {
            this.list = replaced(this.list, rows);
            this.progress = { ...this.progress, done: this.progress.done + rows.length };
        };
        const read = (rows) => this.read(rows, { withChoices: true });
        try {
            await carryOut(decisions, { read, took, isStopped: () => this.isStopped });
        } catch (error) {
            this.errors = [error].flat();
        }
        this.progress = null;
        this.lookUp();
    }
}
