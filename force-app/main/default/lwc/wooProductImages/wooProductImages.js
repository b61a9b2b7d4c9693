import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { format } from 'c/wooFormat';
import { filesOf } from 'c/wooProductImageIds';
import badField from '@salesforce/label/c.Woo_Images_Bad_Field';
import loading from '@salesforce/label/c.Woo_Images_Loading';
import notFound from '@salesforce/label/c.Woo_Error_Not_Found';
import sameField from '@salesforce/label/c.Woo_Images_Same_Field';
import title from '@salesforce/label/c.Woo_Images_Title';
import { readProduct } from './product';
import { isApiName, productQuery } from './query';
import { rightsOf } from './rights';

const PAGE = 50;
const MOST_NAMED = 200;

/** Reads the images of a product, what else there is to choose from, and whether the user may change them. */
export default class WooProductImages extends LightningElement {
    /** API names of the text fields of the product that hold the ids of its images. */
    @api featuredField = 'Woo_Featured_Image__c';
    @api galleryField = 'Woo_Gallery_Images__c';

    label = { loading, title };
    id;
    first = PAGE;
    named = [];
    objectInfo = {};
    product;
    errors;
    refresh;

    @api
    get recordId() {
        return this.id;
    }
    set recordId(id) {
        this.id = id;
        this.first = PAGE;
        this.named = [];
        this.product = undefined;
    }

    get fields() {
        return { featured: this.featuredField, gallery: this.galleryField };
    }

    /** What is wrong with the component's properties. */
    get misfit() {
        const wrong = Object.values(this.fields).find((name) => !isApiName(name));
        if (wrong !== undefined) return format(badField, wrong);
        return this.featuredField === this.galleryField ? format(sameField, this.featuredField) : undefined;
    }

    get query() {
        return this.id && !this.misfit ? productQuery(this.fields, this.named.length > 0) : undefined;
    }

    get variables() {
        const named = this.named.length > 0 ? { named: this.named } : {};
        return { id: this.id, first: this.first, ...named };
    }

    get rights() {
        return rightsOf(this.objectInfo, this.fields);
    }

    get isLoading() {
        return !this.errors && !this.misfit;
    }

    @wire(getObjectInfo, { objectApiName: 'Product2' })
    receiveInfo(info) {
        this.objectInfo = info;
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    receive({ data, errors, refresh }) {
        this.refresh = refresh;
        this.errors = errors;
        if (!data) return;
        const product = readProduct(data, this.fields, this.named);
        if (product) {
            this.product = product;
            this.askForOthers(product);
        } else this.errors = notFound;
    }

    /** Files that the fields name and that are not on the product need a question of their own. */
    askForOthers({ files, version: { images } }) {
        const wanted = filesOf(images).filter((id) => !files.has(id) && !this.named.includes(id));
        const named = [...this.named, ...wanted].slice(0, MOST_NAMED);
        if (named.length > this.named.length) this.named = named;
    }

    async handleRetry() {
        try {
            await this.refresh();
        } catch (error) {
            this.errors = error;
        }
    }

    /** Reads the product anew. Given to the board, which waits for it. */
    reload = async () => {
        await this.handleRetry();
        if (this.errors) throw this.errors;
        return this.product;
    };

    handleMore() {
        this.first += PAGE;
    }
}
