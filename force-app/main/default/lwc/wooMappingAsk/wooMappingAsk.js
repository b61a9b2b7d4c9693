import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { Poll } from 'c/wooSyncPoll';
import { cancelCommand, giveCommand, spentUntil } from 'c/wooSyncRecords';
import { dropped, joinedDescription, joinedMatches, joinedPreview, silent, spent, unread } from './answer';
import { argumentsOf } from './arguments';
import { COMMANDS } from './query';
import { Waiters } from './waiters';

/** While somebody types, nothing is asked. */
const QUIET_MS = 400;
/** The service looks every two seconds; the first time it may take a minute. */
const pauseOf = (idle) => (idle < 15 ? 1000 : 3000);
/** An answer that cannot be read so often in a row. */
const MOST_FAILURES = 3;

/** Asks for the other parts of an answer, all at once. */
function allParts(first, ask) {
    return Promise.all([first, ...Array.from({ length: first.parts - 1 }, (_, at) => ask(at + 2))]);
}

/**
 * Asks the service what a mapping can be made of, and what it would make of a record, by records of Woo_Command__c.
 * Shows nothing: a wire, by which alone a page reads records, needs a component. Promises are rejected with what
 * `AskError` says, or with the error of `createRecord`.
 */
export default class WooMappingAsk extends LightningElement {
    /** Undefined while nothing is waited for. */
    query;
    ids = [];
    result;
    isAsking = false;
    failures = 0;
    waiters = new Waiters();
    /** One for each question under way. */
    droppers = new Set();
    previewing;

    poll = new Poll({ look: () => this.look(), gaveUp: () => this.rejectAll(silent()) }, pauseOf);

    get variables() {
        return { ids: this.ids };
    }

    /**
     * What a mapping can be made of; an answer in parts is joined.
     * @param {{ object: string, resource: string, contentType?: string, store?: string, signal?: AbortSignal }} asked
     */
    @api
    describe({ object, resource, contentType, store, signal }) {
        const wanted = { object, resource, ...(contentType && { contentType }) };
        return this.droppable(this.dropperOf(signal), async (dropper) => {
            const ask = (part) => this.ask('describe_mapping', { ...wanted, part }, store, dropper);
            return joinedDescription(await allParts(await ask(1), ask));
        });
    }

    /**
     * What a draft would make of a record; drops the preview before it.
     * @param {{ draft: object, record?: string, store?: string, signal?: AbortSignal }} asked
     */
    @api
    preview({ draft, record = 'latest', store, signal }) {
        this.previewing?.abort();
        this.previewing = this.dropperOf(signal);
        return this.droppable(this.previewing, async (dropper) => {
            // eslint-disable-next-line @lwc/lwc/no-async-operation
            await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
            const ask = (part, of) => this.ask('preview_mapping', { ...draft, record: of, part }, store, dropper);
            const first = await ask(1, record);
            // The latest one may be another by now.
            return joinedPreview(await allParts(first, (part) => ask(part, first.record)));
        });
    }

    /**
     * Where records of the shop that were never synced would go, as many as one answer holds.
     * @param {{ resource: string, from: object|null, store?: string, signal?: AbortSignal }} asked `from` is `next` of
     *   the answer before
     */
    @api
    matches({ resource, from, store, signal }) {
        return this.droppable(this.dropperOf(signal), async (dropper) => {
            const ask = (part) => this.ask('list_matches', { resource, from, part }, store, dropper);
            return joinedMatches(await allParts(await ask(1), ask));
        });
    }

    /** Drops what is under way. */
    @api
    stop() {
        for (const dropper of this.droppers) dropper.abort();
    }

    disconnectedCallback() {
        this.stop();
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    wiredCommands(result) {
        this.result = result;
        if (result.errors) this.failed(result.errors);
        const found = result.data?.uiapi?.query.Woo_Command__c;
        if (!found) return;
        this.isAsking = false;
        this.failures = 0;
        this.waiters.take(
            this.ids,
            found.edges.map(({ node }) => node)
        );
        const { edges = [], pageInfo } = result.data.uiapi.query.Woo_Store_Status__c ?? {};
        const statuses = edges.map(({ node }) => node);
        // A store that was not read may have calls left.
        const until = pageInfo?.hasNextPage ? null : spentUntil(statuses, new Date());
        if (until) this.rejectAll(spent(until));
        this.watch();
    }

    dropperOf(signal) {
        const dropper = new AbortController();
        if (signal?.aborted) dropper.abort();
        signal?.addEventListener('abort', () => dropper.abort());
        return dropper;
    }

    /** What is left of a question that failed is dropped too. */
    async droppable(dropper, work) {
        this.droppers.add(dropper);
        try {
            return await work(dropper.signal);
        } finally {
            this.droppers.delete(dropper);
            dropper.abort();
        }
    }

    async ask(type, value, store, signal) {
        if (signal.aborted) throw dropped();
        const given = { Type__c: type, Arguments__c: await argumentsOf(type, value) };
        if (signal.aborted) throw dropped();
        const id = await giveCommand(store ? { ...given, Store__c: store } : given);
        const answer = this.waiters.add(id);
        const drop = () => this.reject(id, dropped());
        if (signal.aborted) drop();
        else signal.addEventListener('abort', drop);
        this.watch();
        return answer;
    }

    /** Asks for all that are waited for. The wire does so by itself where there are others than before. */
    async look() {
        const { ids } = this.waiters;
        if (this.query === undefined || ids.join() !== this.ids.join()) {
            this.isAsking = true;
            this.ids = ids;
            this.query = COMMANDS;
        } else if (!this.isAsking) {
            await this.result.refresh().catch((error) => this.failed(error));
        }
    }

    failed(errors) {
        this.isAsking = false;
        this.failures += 1;
        if (this.failures === MOST_FAILURES) this.rejectAll(unread(errors));
    }

    /** Nobody waits for the answer any more; a service that has not begun need not. */
    reject(id, error) {
        if (!this.waiters.reject(id, error)) return;
        cancelCommand(id).catch(() => undefined);
        this.watch();
    }

    rejectAll(error) {
        for (const id of this.waiters.ids) this.reject(id, error);
    }

    watch() {
        const { mark } = this.waiters;
        if (mark !== null) {
            this.poll.watch(mark);
            return;
        }
        this.poll.stop();
        Object.assign(this, { query: undefined, ids: [], isAsking: false, failures: 0 });
    }
}
