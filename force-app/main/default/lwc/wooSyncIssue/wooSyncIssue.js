import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { getObjectInfo, getObjectInfos } from 'lightning/uiObjectInfoApi';
import { format, formatNumber } from 'c/wooFormat';
import { explanationOf } from 'c/wooIssueWords';
import { canDecide, decideOn, giveCommand, isDecided, mappingPage } from 'c/wooSyncRecords';
import { label } from './labels';
import { fieldLabel, inWords, namedObjects, nameFieldOf } from './words';

/** Characters of a value that are shown; the issue's own page has all. */
const LONGEST = 300;

const icons = {
    conflict: { name: 'utility:warning', variant: 'warning' },
    ambiguous: { name: 'utility:question', variant: 'warning' },
    setup: { name: 'utility:settings', variant: 'warning' },
    failed: { name: 'utility:error', variant: 'error' }
};

/**
 * One open issue, with the ways to settle it.
 * @fires settle when a person did something: `{ issueId, commandId }`, without a command for what is only decided
 */
export default class WooSyncIssue extends NavigationMixin(LightningElement) {
    /** Shows also which record it is about, where the page does not say it. */
    @api namesRecord = false;
    /** The user may decide and give commands. */
    @api mayAct = false;
    /** A command is trying it again. */
    @api isTried = false;

    label = label;
    isBusy = false;
    errors;
    issueUrl;
    mappingUrl;
    shown;
    /** Of the object that it is about; undefined where the user may not see that. */
    info;
    /** Labels of other objects that its sentences name. */
    objects = {};

    /** As `issueOf` of `c/wooSyncRecords` gives it. */
    @api
    get issue() {
        return this.shown;
    }
    set issue(issue) {
        this.shown = issue;
        this.makeLinks(issue);
    }

    async makeLinks({ id, object, wooId }) {
        const attributes = { recordId: id, actionName: 'view' };
        this.issueUrl = await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
        const isOfMapping = this.mayAct && object === 'Woo_Mapping__mdt' && wooId;
        this.mappingUrl = isOfMapping ? await this[NavigationMixin.GenerateUrl](mappingPage(wooId)) : undefined;
    }

    /** Configuration is no object of Lightning, and an issue of the whole has none. */
    get object() {
        const { object } = this.issue;
        return object && !object.endsWith('__mdt') ? object : undefined;
    }

    @wire(getObjectInfo, { objectApiName: '$object' })
    wiredInfo({ data }) {
        this.info = data;
    }

    get otherObjects() {
        const { reason, whatToDo } = this.issue;
        const names = namedObjects(`${reason} ${whatToDo}`, this.info);
        return names.length > 0 ? names : undefined;
    }

    @wire(getObjectInfos, { objectApiNames: '$otherObjects' })
    wiredOthers({ data }) {
        const known = (data?.results ?? []).filter(({ statusCode }) => statusCode === 200);
        this.objects = Object.fromEntries(known.map(({ result }) => [result.apiName, result.label]));
    }

    get nameField() {
        return this.info && `${this.object}.${nameFieldOf(this.info)}`;
    }

    worded(text) {
        return inWords(text, this.info, this.issue.field, this.objects);
    }

    /** What its code means in the language of the user, where that is not the service's. */
    get explanation() {
        return explanationOf(this.issue.code);
    }

    get reason() {
        return this.worded(this.issue.reason);
    }

    get reasonClass() {
        return `reason slds-p-top_xx-small ${this.explanation ? 'slds-text-body_small slds-text-color_weak' : ''}`;
    }

    /** The service's own sentence, which may name what a general one cannot. */
    get cureSaid() {
        return this.mayAct && !this.offersSides && this.explanation ? this.worded(this.issue.whatToDo) : undefined;
    }

    get icon() {
        return icons[this.issue.kind] ?? icons.failed;
    }

    /** `Product`, `Main Store`, `17`, `Field Product Name`. */
    get about() {
        const { resource, store, wooId, field } = this.issue;
        const parts = this.namesRecord ? [resource, store, wooId] : [];
        return [...parts, field && format(label.field, fieldLabel(field, this.info))].filter(Boolean);
    }

    get attempts() {
        const { attempts } = this.issue;
        return attempts === 1 ? label.oneAttempt : format(label.attempts, formatNumber(attempts ?? 0));
    }

    get hasRecordLink() {
        return this.namesRecord && Boolean(this.issue.recordId);
    }

    get isConflict() {
        return this.issue.kind === 'conflict';
    }

    get sides() {
        const { wooValue, salesforceValue, resolution } = this.issue;
        const side = (key, name, value, action) => ({
            key,
            name,
            action,
            value: cut(value) || label.empty,
            isChosen: resolution === key,
            variant: resolution === key ? 'brand' : 'neutral'
        });
        return [
            side('take_woo', label.inShop, wooValue, label.takeShop),
            side('take_salesforce', label.inSalesforce, salesforceValue, label.takeSalesforce)
        ];
    }

    get decided() {
        if (!isDecided(this.issue)) return undefined;
        return this.issue.resolution === 'take_woo' ? label.decidedShop : label.decidedSalesforce;
    }

    get offersSides() {
        return this.mayAct && canDecide(this.issue);
    }

    get offersRetry() {
        return this.mayAct && !this.isConflict && !this.isTried;
    }

    /** Of a value that has gone back to the shop's there is nothing to try: looked at anew, it is over. */
    get retryLabel() {
        return this.issue.isRefusedWish ? label.dismiss : label.tryAgain;
    }

    get offersLeave() {
        return !this.issue.isRefusedWish;
    }

    get retryIcon() {
        return this.issue.isRefusedWish ? 'utility:close' : 'utility:redo';
    }

    /** The buttons say it themselves; who may not act cannot do what the issue says. */
    get whatToDo() {
        if (!this.mayAct) return format(label.askAdmin, this.issue.name);
        if (this.offersSides) return undefined;
        return this.explanation?.cure ?? this.worded(this.issue.whatToDo);
    }

    get hasCandidates() {
        return this.issue.candidates.length > 0;
    }

    handleSide(event) {
        const { id } = this.issue;
        return this.settle(() => decideOn(id, event.currentTarget.dataset.key));
    }

    handleLeave() {
        return this.settle(() => decideOn(this.issue.id, 'ignore'));
    }

    handleMapping(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](mappingPage(this.issue.wooId));
    }

    handleRetry() {
        return this.settle(() => giveCommand({ Type__c: 'retry', Record_Id__c: this.issue.id }));
    }

    async settle(action) {
        this.isBusy = true;
        this.errors = undefined;
        try {
            const done = await action();
            const commandId = typeof done === 'string' ? done : undefined;
            this.dispatchEvent(new CustomEvent('settle', { detail: { issueId: this.issue.id, commandId } }));
        } catch (error) {
            this.errors = error;
        }
        this.isBusy = false;
    }
}

function cut(value) {
    return value && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
