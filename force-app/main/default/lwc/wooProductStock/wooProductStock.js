import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { format, formatNumber, readable } from 'c/wooFormat';
import { Poll } from 'c/wooSyncPoll';
import { isDecided, issueOf } from 'c/wooSyncRecords';
import { label } from './labels';
import { productOf } from './product';
import { ISSUES, PRODUCT } from './query';
import { needsLabels, wholeInShop } from './shop';

/** The record type of an object that has none. */
const MASTER = '012000000000000AAA';

const pageOf = (recordId) => ({
    type: 'standard__recordPage',
    attributes: { recordId, objectApiName: 'Product2', actionName: 'view' }
});

/** How the shop sells a product: stock, price and status, and the same of its variations. */
export default class WooProductStock extends NavigationMixin(LightningElement) {
    @api recordId;
    /** Title of the card; without it a general one. */
    @api heading;

    label = label;
    node;
    /** Undefined until they are read: a value that the shop does not have would show till then. */
    issues;
    picklists = {};
    errors;
    links = {};

    /** What a person has decided, and what comes of a change of the record, is carried out within seconds. */
    poll = new Poll({
        look: () => this.refreshIssues(),
        rested: () => undefined,
        gaveUp: () => undefined
    });

    get query() {
        return this.recordId ? PRODUCT : undefined;
    }

    get variables() {
        return { recordId: this.recordId };
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        if (!data && !errors) return;
        const found = readable(data?.uiapi?.query?.Product2);
        const failed = errors?.length > 0 ? errors : undefined;
        this.errors = failed ?? (found?.edges.length === 0 ? [{ status: 404 }] : undefined);
        const isChanged = this.issues !== undefined;
        this.node = found?.edges[0]?.node;
        if (this.node) this.addLinks(productOf(this.node));
        if (this.node && isChanged) this.poll.follow();
    }

    get shownQuery() {
        return this.node?.Woo_Key__c?.value ? ISSUES : undefined;
    }

    get issueVariables() {
        const variations = this.node?.Woo_Variations__r?.edges ?? [];
        return { recordIds: [this.recordId, ...variations.map(({ node }) => node.Id)] };
    }

    @wire(graphql, { query: '$shownQuery', variables: '$issueVariables' })
    receiveIssues({ data, errors, refresh }) {
        this.refreshIssues = refresh;
        if (errors?.length > 0) this.errors = errors;
        if (!data?.uiapi) return;
        const edges = readable(data.uiapi.query.Woo_Sync_Issue__c)?.edges ?? [];
        this.issues = edges.map(({ node }) => issueOf(node));
        const decided = this.issues.filter(isDecided);
        this.poll.watch(decided.length > 0 ? JSON.stringify(decided) : null);
    }

    get labelsOf() {
        return needsLabels(this.issues ?? []) ? 'Product2' : undefined;
    }

    @wire(getPicklistValuesByRecordType, { objectApiName: '$labelsOf', recordTypeId: MASTER })
    receiveLabels({ data }) {
        if (!data) return;
        const fields = Object.entries(data.picklistFieldValues);
        this.picklists = Object.fromEntries(fields.map(([name, { values }]) => [name, values]));
    }

    disconnectedCallback() {
        this.poll.stop();
    }

    get whole() {
        return wholeInShop(this.node, this.issues ?? [], this.picklists);
    }

    get product() {
        if (!this.node || (this.shownQuery && !this.issues)) return undefined;
        return productOf(this.whole.node);
    }

    get note() {
        const { differs, isUnsure } = this.whole;
        if (isUnsure) return label.unsure;
        return differs ? label.differs : undefined;
    }

    /** Real addresses, so that a product opens in a new tab as well. */
    async addLinks({ parent, variations }) {
        const ids = [parent, ...variations].filter(Boolean).map(({ id }) => id);
        const links = await Promise.all(ids.map((id) => this[NavigationMixin.GenerateUrl](pageOf(id))));
        this.links = Object.fromEntries(ids.map((id, at) => [id, links[at]]));
    }

    get title() {
        return this.heading || label.heading;
    }

    get isLoading() {
        return !this.product && !this.errors;
    }

    get isInShop() {
        return this.product?.isInShop;
    }

    get isAbsent() {
        return this.product?.isInShop === false;
    }

    get stockClass() {
        return this.product.stock.isCounted ? 'stock counted' : 'stock slds-text-heading_small';
    }

    get noPrice() {
        return this.hasVariations ? label.perVariation : label.noPrice;
    }

    get hasVariations() {
        return this.product.variations.length > 0;
    }

    get variationsTitle() {
        return format(label.variations, formatNumber(this.product.variationCount));
    }

    get variations() {
        return this.product.variations.map((one) => ({ ...one, link: this.links[one.id] }));
    }

    get parentLink() {
        return this.links[this.product.parent.id];
    }

    /** The wire is not called again where the answer is the same as before: the error stays until it is. */
    async handleRetry() {
        try {
            await this.refresh();
            await this.refreshIssues?.();
        } catch (error) {
            this.errors = [error];
        }
    }

    /** Ctrl, Shift and the middle button do what they do on every link. */
    handleOpen(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](pageOf(event.currentTarget.dataset.id));
    }
}
