import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { format, formatNumber } from 'c/wooFormat';
import { label } from './labels';
import { productOf } from './product';
import { PRODUCT } from './query';

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
    product;
    errors;
    links = {};

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
        const found = data?.uiapi?.query?.Product2;
        const failed = errors?.length > 0 ? errors : undefined;
        this.errors = failed ?? (found?.edges.length === 0 ? [{ status: 404 }] : undefined);
        this.product = found?.edges[0] && productOf(found.edges[0].node);
        if (this.product) this.addLinks(this.product);
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
