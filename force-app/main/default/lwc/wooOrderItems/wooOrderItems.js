import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { format, readable } from 'c/wooFormat';
import { label } from './labels';
import { pageOf } from './lines';
import { thumbnailsOf } from './thumbnails';
import { LINES, IMAGES } from './query';
import { groupsOf, productRow, productSum } from './rows';
import title from '@salesforce/label/c.Woo_Order_Lines';
import titleWithCount from '@salesforce/label/c.Woo_Order_Lines_Count';
import showMore from '@salesforce/label/c.Woo_Order_Show_More';
import shownOf from '@salesforce/label/c.Woo_Order_Shown';

/** Lines that are shown at first, and that each "show more" adds. */
const STEP = 50;

/** The lines of an order: one request, and one for their images where there are any. */
export default class WooOrderItems extends LightningElement {
    label = label;
    id;
    after = null;
    shown = STEP;
    /** By the cursor that they stand behind; the first page by nothing. */
    pages = new Map();
    thumbnails = new Map();
    lines = {};
    images = {};

    @api
    get recordId() {
        return this.id;
    }

    set recordId(id) {
        this.id = id;
        this.after = null;
        this.shown = STEP;
        this.pages = new Map();
    }

    @wire(graphql, { query: LINES, variables: '$linesVariables' })
    setLines(result) {
        this.lines = result;
        if (result.data?.uiapi) {
            this.pages = new Map(this.pages).set(this.after, pageOf(readable(result.data.uiapi)));
        }
    }

    /** No query, no request: most shops of services have no images. */
    @wire(graphql, { query: '$imagesQuery', variables: '$imagesVariables' })
    setImages(result) {
        this.images = result;
        const { data } = result;
        this.thumbnails = new Map([...this.thumbnails, ...thumbnailsOf(data?.uiapi?.query.ContentVersion)]);
    }

    get linesVariables() {
        return { id: this.id, after: this.after };
    }

    get imagesQuery() {
        return this.fileIds.length > 0 ? IMAGES : undefined;
    }

    get imagesVariables() {
        return { ids: this.fileIds };
    }

    /** Of the newest page; those of the pages before were asked for with them. */
    get fileIds() {
        const ids = this.lastPage?.products.map(({ fileId }) => fileId).filter(Boolean);
        return [...new Set(ids)];
    }

    get lastPage() {
        return [...this.pages.values()].at(-1);
    }

    get products() {
        return [...this.pages.values()].flatMap(({ products }) => products).slice(0, this.shown);
    }

    get rows() {
        const { currency } = this.lastPage;
        return this.products.map((line) => productRow(line, currency, this.thumbnails));
    }

    get groups() {
        return groupsOf(this.lastPage);
    }

    get sum() {
        return productSum(this.lastPage);
    }

    get title() {
        return this.lastPage && this.sum.count > 0 ? format(titleWithCount, this.sum.count) : title;
    }

    /** An order that is not there is no error of GraphQL: it finds nothing. */
    get errors() {
        return this.lastPage?.isFound === false ? [{ status: 404 }] : this.lines.errors;
    }

    get isLoading() {
        return !this.lastPage && !this.errors;
    }

    get isLoadingMore() {
        return Boolean(this.lastPage) && !this.pages.has(this.after) && !this.errors;
    }

    get hasLines() {
        return Boolean(this.lastPage) && Object.keys(this.lastPage.sums).length > 0;
    }

    get isEmpty() {
        return Boolean(this.lastPage?.isFound) && !this.hasLines;
    }

    get hasProducts() {
        return this.sum.count > 0;
    }

    get left() {
        return this.sum.count - this.products.length;
    }

    get hasMore() {
        return this.left > 0 && !this.isLoadingMore && !this.errors;
    }

    get isLong() {
        return this.sum.count > STEP;
    }

    get showMore() {
        return format(showMore, Math.min(STEP, this.left));
    }

    get shownOf() {
        return format(shownOf, this.products.length, this.sum.count);
    }

    handleShowMore() {
        const { endCursor, hasNextPage } = this.lastPage;
        const loaded = [...this.pages.values()].flatMap(({ products }) => products).length;
        this.shown += STEP;
        if (this.shown > loaded && hasNextPage) this.after = endCursor;
        // The button may leave with this click; the place of the keyboard must not.
        if (this.shown >= this.sum.count) this.refs.shown.focus();
    }

    /** The wire is not called again where the answer is the same as before: the error stays until it is. */
    async handleRetry() {
        try {
            await this.lines.refresh();
        } catch (error) {
            this.lines = { ...this.lines, errors: [error] };
        }
    }

    async handleImagesRetry() {
        try {
            await this.images.refresh();
        } catch (error) {
            this.images = { ...this.images, errors: [error] };
        }
    }
}
