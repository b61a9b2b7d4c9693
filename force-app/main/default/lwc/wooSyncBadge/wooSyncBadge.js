import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { readable } from 'c/wooFormat';
import { Poll } from 'c/wooSyncPoll';
import { giveCommand, isActive } from 'c/wooSyncRecords';
import { label, states } from './labels';
import { queryOf } from './query';
import { hasSettled, markOf, recordOf } from './record';

/** Whether the record is the same here and in the shop, and what to do where it is not. */
export default class WooSyncBadge extends LightningElement {
    @api objectApiName;
    @api recordId;

    label = label;
    result;
    record;
    errors;
    actionErrors;
    isBusy = false;
    isQuiet = false;
    /** Issues that were tried again, and commands that were given, while the page is open. */
    tried = [];
    given = [];

    /** When the record was changed last, as the page knows it: `{ id, at }`. */
    change;
    /** Whether a change is followed: the sync may write the record again, or refuse the change. */
    isFollowing = false;

    poll = new Poll({
        look: () => this.look(),
        rested: () => {
            this.isFollowing = false;
        },
        gaveUp: (error) => {
            this.isQuiet = true;
            this.actionErrors = error;
        }
    });

    get query() {
        return this.recordId && this.objectApiName ? queryOf(this.objectApiName) : undefined;
    }

    get variables() {
        return { recordId: this.recordId, aboutIds: [this.recordId, ...this.tried] };
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    wired(result) {
        const { data, errors } = result;
        this.result = result;
        this.errors = errors;
        if (!data?.uiapi) return;
        const before = this.record;
        this.record = recordOf(readable(data.uiapi.query), this.objectApiName, this.recordId);
        // Nothing else tells the header and the fields of the page that the sync has written the record.
        if (before && hasSettled(before, this.record)) notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
        const mark = markOf(this.record);
        if (mark === null || mark !== this.poll.mark) this.isQuiet = false;
        this.poll.watch(mark);
    }

    get changeField() {
        return this.objectApiName ? [`${this.objectApiName}.LastModifiedDate`] : undefined;
    }

    /** Somebody has saved the record on this page, or the sync has written it: what comes of it shows without a reload. */
    @wire(getRecord, { recordId: '$recordId', fields: '$changeField' })
    wiredChange({ data }) {
        if (!data) return;
        const change = { id: data.id, at: getFieldValue(data, this.changeField[0]) };
        const isChanged = this.change?.id === change.id && this.change.at !== change.at;
        this.change = change;
        if (!isChanged) return;
        this.isFollowing = true;
        this.poll.follow();
    }

    async look() {
        if (this.isFollowing) await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
        await this.result.refresh();
    }

    disconnectedCallback() {
        this.poll.stop();
    }

    get isLoading() {
        return !this.record && !this.errors;
    }

    get state() {
        const { detailToAsk, ...state } = states[this.record.state];
        return this.record.mayAct || !detailToAsk ? state : { ...state, detail: detailToAsk };
    }

    /** What is under way, and what came of what was asked for here. */
    get commands() {
        const shown = this.record.commands.filter((one) => isActive(one) || this.given.includes(one.id));
        return shown.slice(0, 3);
    }

    get issues() {
        const { issues, commands } = this.record;
        const tried = commands.filter(isActive).map(({ recordId }) => recordId);
        const isTried = ({ id }) => tried.some((one) => one === null || one === id || one === this.recordId);
        return issues.map((issue) => ({ issue, key: issue.id, isTried: isTried(issue) }));
    }

    /** A product that the shop does not have may be made there; others come from it. */
    get offersSync() {
        const { mayAct, state } = this.record ?? {};
        return mayAct && (state !== 'absent' || this.objectApiName === 'Product2');
    }

    get isSyncDisabled() {
        return this.isBusy || this.record.commands.some(isActive);
    }

    async handleSync() {
        this.isBusy = true;
        this.actionErrors = undefined;
        try {
            this.given = [...this.given, await giveCommand({ Type__c: 'sync', Record_Id__c: this.recordId })];
            await this.refresh();
        } catch (error) {
            this.actionErrors = error;
        }
        this.isBusy = false;
    }

    async handleSettle({ detail: { issueId, commandId } }) {
        if (commandId) {
            this.given = [...this.given, commandId];
            if (!this.tried.includes(issueId)) {
                // The wire asks again by itself.
                this.tried = [...this.tried, issueId];
                return;
            }
        }
        await this.refresh();
    }

    handleRefresh() {
        this.isQuiet = false;
        this.actionErrors = undefined;
        this.poll.renew();
        return this.refresh();
    }

    async refresh() {
        try {
            await this.result.refresh();
        } catch (error) {
            this.actionErrors = error;
        }
    }
}
