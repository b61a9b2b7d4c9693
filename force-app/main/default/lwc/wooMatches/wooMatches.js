import { LightningElement, wire } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { format, formatNumber } from 'c/wooFormat';
import { decide } from 'c/wooMatchDecide';
import { namesIn, namesQuery } from 'c/wooMatchRecords';
import { storesOf } from 'c/wooSyncRecords';
import { FILTER_LABELS, label } from './labels';
import { STORES } from './query';
import { byRule, FILTER_NAMES, filtered, rowsOf, sharing } from './rows';

const PAGE = 50;
/** Suggestions that are held at once; the others are listed when these are looked through. */
const MOST = 5000;
/** Decisions that are carried out at once: each is one to three requests. */
const AT_ONCE = 5;

const isStates = ({ state }) => state === 'paused' || state === 'down' || state === 'unreachable';

/** Where records of a shop go that were never synced, and what people decide of them, before anything is written. */
export default class WooMatches extends LightningElement {
    label = label;
    storesQuery = STORES;
    stores = [];
    store = '';
    resource = 'customer';

    /** Null before the first list. */
    rows = null;
    /** What of the last answer says how far the list is. */
    reached = null;
    held = [];
    failed = 0;
    next = null;
    filter = 'all';
    offset = 0;
    errors = [];

    finder = null;
    /** `{ done, total }` of a rule that is carried out. */
    progress = null;
    isStopped = false;

    namesQuery;
    asked = [];
    names = new Map();

    disconnectedCallback() {
        this.isStopped = true;
    }

    @wire(graphql, { query: '$storesQuery' })
    wiredStores({ data, errors }) {
        if (errors) this.errors = errors;
        const nodes = data?.uiapi?.query.Woo_Store_Status__c?.edges.map(({ node }) => node);
        if (!nodes) return;
        this.stores = storesOf(nodes, new Date());
        this.store = this.store || (this.stores[0]?.key ?? '');
    }

    @wire(graphql, { query: '$namesQuery' })
    wiredNames({ data }) {
        // Who may not see them sees their ids.
        if (!data?.uiapi || !this.namesQuery) return;
        this.names = new Map([...this.names, ...namesIn(data.uiapi.query, this.asked)]);
    }

    get hasStores() {
        return this.stores.length > 1;
    }

    get storeOptions() {
        return this.stores.map(({ key, name }) => ({ value: key, label: name }));
    }

    get resourceOptions() {
        return [
            { value: 'customer', label: label.customers },
            { value: 'product', label: label.products }
        ];
    }

    /** Why nothing is written, or nothing answers. */
    get notice() {
        const store = this.stores.find(({ key }) => key === this.store);
        return store && isStates(store) ? store.message : null;
    }

    get isFinding() {
        return this.finder !== null;
    }

    get isDeciding() {
        return this.progress !== null;
    }

    get isBusy() {
        return this.isFinding || this.isDeciding;
    }

    get busyText() {
        if (this.isDeciding) return format(label.deciding, ...this.numbers(this.progress.done, this.progress.total));
        if (!this.isFinding) return '';
        return format(label.finding, ...this.numbers(this.reached?.read ?? 0, this.rows.length));
    }

    numbers(...some) {
        return some.map(formatNumber);
    }

    get notes() {
        const unbuilt = this.failed > 0 ? [format(label.unbuilt, formatNumber(this.failed))] : [];
        return [...this.held, ...unbuilt];
    }

    get hasRows() {
        return this.rows !== null && this.rows.length > 0;
    }

    get isEmpty() {
        return this.rows !== null && this.rows.length === 0 && !this.isFinding && this.errors.length === 0;
    }

    get others() {
        return sharing(this.rows ?? []);
    }

    get filterOptions() {
        const { others } = this;
        return FILTER_NAMES.map((value) => {
            const count = formatNumber(filtered(this.rows, value, others).length);
            return { value, label: `${FILTER_LABELS[value]} (${count})` };
        });
    }

    get found() {
        return filtered(this.rows, this.filter, this.others);
    }

    get isNothing() {
        return this.found.length === 0;
    }

    get shown() {
        const { others, found, offset } = this;
        return found.slice(offset, offset + PAGE).map((row) => ({ row, others: others.get(row.id) ?? [] }));
    }

    get pager() {
        const { length } = this.found;
        const shown = Math.min(PAGE, length - this.offset);
        return { shown, total: length, pageSize: PAGE, hasMore: this.offset + PAGE < length };
    }

    get namesMapping() {
        return new Set(this.rows.map(({ mapping }) => mapping)).size > 1;
    }

    get canFindMore() {
        return this.next !== null && !this.isFinding;
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
        Object.assign(this, { rows: null, reached: null, next: null, held: [], failed: 0, offset: 0, filter: 'all' });
        this.errors = [];
    }

    async handleFind() {
        this.forget();
        this.rows = [];
        await this.find(MOST);
    }

    handleFindMore() {
        return this.find(this.rows.length + MOST);
    }

    /** Lists on until so many are held. */
    async find(most) {
        const finder = new AbortController();
        this.finder = finder;
        this.errors = [];
        try {
            do {
                const { resource, store, next: from } = this;
                // Each answer says where the next one begins.
                // eslint-disable-next-line no-await-in-loop
                const answer = await this.refs.ask.matches({ resource, from, store, signal: finder.signal });
                if (this.finder !== finder) return;
                this.take(answer);
            } while (this.next !== null && this.rows.length < most);
        } catch (error) {
            if (this.finder === finder && error.code !== 'DROPPED') this.errors = [error];
        } finally {
            if (this.finder === finder) this.finder = null;
        }
    }

    take(answer) {
        this.rows = [...this.rows, ...rowsOf(answer)];
        this.reached = answer;
        this.next = answer.next;
        this.held = answer.held ?? [];
        this.failed += answer.failed;
        this.lookUp();
    }

    /** Names what is shown. */
    lookUp() {
        const wanted = this.shown.flatMap(({ row }) => {
            const records = row.records.filter((id) => !this.names.has(id));
            return records.length > 0 ? [{ ...row, records }] : [];
        });
        const query = namesQuery(wanted);
        if (!query) return;
        this.asked = query.asked;
        this.namesQuery = query.query;
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
        this.turnTo(this.offset - PAGE);
    }

    handleNext() {
        this.turnTo(this.offset + PAGE);
    }

    turnTo(offset) {
        this.offset = Math.max(0, offset);
        this.lookUp();
    }

    async handleDecide({ detail: { id, act, recordId, key } }) {
        const row = this.rows.find((one) => one.id === id);
        const known = this.names.get(recordId);
        // Whoever is named has been read just now, with the key that it has.
        const decision =
            act === 'accept' && known ? { act: 'choose', recordId, key: known.key } : { act, recordId, key };
        this.progress = { done: 0, total: 1 };
        this.replace([await decide(row, decision)]);
        this.progress = null;
    }

    handleAcceptAll() {
        return this.decideAll('accept', label.acceptAll, label.acceptAllText);
    }

    handleCreateAll() {
        return this.decideAll('create', label.createAll, label.createAllText);
    }

    /** Carries a rule out on all rows, whatever the filter shows; what fails stands at its row. */
    async decideAll(rule, heading, text) {
        const decisions = byRule(rule, this.rows, this.others);
        const message = format(text, formatNumber(decisions.length));
        if (!(await LightningConfirm.open({ label: heading, message, theme: 'warning' }))) return;
        this.isStopped = false;
        for (let at = 0; at < decisions.length && !this.isStopped; at += AT_ONCE) {
            this.progress = { done: at, total: decisions.length };
            const some = decisions.slice(at, at + AT_ONCE);
            // eslint-disable-next-line no-await-in-loop
            this.replace(await Promise.all(some.map(({ row, decision }) => decide(row, decision))));
        }
        this.progress = null;
        const failed = this.rows.filter(({ error }) => error !== null).length;
        this.errors = failed > 0 ? [format(label.failed, formatNumber(failed))] : [];
    }

    replace(rows) {
        const byId = new Map(rows.map((row) => [row.id, row]));
        const accepted = (some) => some.filter(({ action }) => action === 'accepted');
        const before = this.rows.filter(({ id }) => byId.has(id));
        const keys = new Map([
            ...accepted(before).map(({ records }) => [records[0], null]),
            ...accepted(rows).map(({ records, key }) => [records[0], key])
        ]);
        this.rows = this.rows.map((row) => byId.get(row.id) ?? row);
        // They were read before the decision.
        const withKey = ([id, record]) => [id, keys.has(id) ? { ...record, key: keys.get(id) } : record];
        this.names = new Map([...this.names].map(withKey));
        this.lookUp();
    }
}
