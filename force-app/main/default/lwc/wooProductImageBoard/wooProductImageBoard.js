import { LightningElement, api } from 'lwc';
import { updateRecord } from 'lightning/uiRecordApi';
import { format } from 'c/wooFormat';
import FORM_FACTOR from '@salesforce/client/formFactor';
import noAccessTo from '@salesforce/label/c.Woo_Error_No_Access_To';
import { capacityOf } from './changes';
import { Edits } from './edits';
import { labels } from './labels';
import { changesOfUpload } from './upload';
import { changeOf, changeOfDrop, sentenceOf, zonesOf } from './zones';

/**
 * Shows the images of a product and lets people choose, order and upload them.
 * @fires more when further files are to be read
 * @fires retry when reading is to be tried again
 */
export default class WooProductImageBoard extends LightningElement {
    @api recordId;
    /** `{ featured, gallery }`: API names of the fields */
    @api fields;
    /** see `rightsOf` of `wooProductImages` */
    @api rights;
    /** what failed when the product was last read */
    @api errors;
    /** reads the product anew and gives it */
    @api reload;

    label = labels;
    help = FORM_FACTOR === 'Small' ? labels.helpTouch : labels.help;
    current;
    dragged;
    uploaded;
    announcement = '';
    focused;
    edits = new Edits({
        write: (texts, modified) => this.write(texts, modified),
        reload: async () => (await this.reload()).version,
        notify: () => this.showEdits()
    });
    edit = this.edits.state;

    /** see `readProduct` of `wooProductImages` */
    @api
    get product() {
        return this.current;
    }
    set product(product) {
        this.current = product;
        this.edits.adopt(product.version);
        this.showEdits();
    }

    get canEdit() {
        return this.rights.mayUpdate && this.product.hidden.length === 0;
    }

    get isReadOnly() {
        return this.rights.isKnown && !this.canEdit;
    }

    get hiddenNotes() {
        return this.product.hidden.map((zone) => format(noAccessTo, `Product2.${this.fields[zone]}`));
    }

    get capacity() {
        return this.product.isVariation ? 0 : capacityOf(this.rights.length);
    }

    get zones() {
        const { product, dragged, capacity, canEdit } = this;
        const { shown } = this.edit;
        const isFull = shown.gallery.length >= capacity;
        return zonesOf({ product, dragged, capacity, canEdit, shown, isFull });
    }

    showEdits() {
        this.edit = this.edits.state;
    }

    async write(texts, modified) {
        const named = Object.entries(texts).map(([zone, text]) => [this.fields[zone], text]);
        const fields = { Id: this.recordId, ...Object.fromEntries(named) };
        const record = await updateRecord({ fields }, { ifUnmodifiedSince: modified });
        return record.lastModifiedDate;
    }

    apply(change) {
        if (!this.edits.apply([change], this.capacity)) return false;
        const title = this.product.files.get(change.key)?.title ?? change.key;
        this.announcement = sentenceOf(change, title, this.edit.shown);
        return true;
    }

    handleAction({ detail: { kind, key, zone } }) {
        if (this.apply(changeOf(kind, key, this.edit.shown))) this.focused = { key, kind, zone };
    }

    handleDrag({ detail }) {
        this.dragged = detail;
    }

    handleDrop({ detail: { zone, before } }) {
        this.apply(changeOfDrop(zone, this.dragged, before));
        this.dragged = undefined;
    }

    /** The image keeps the focus, wherever it went; one that is gone leaves it to the place where it was. */
    renderedCallback() {
        if (!this.focused) return;
        const { key, kind, zone: name } = this.focused;
        this.focused = undefined;
        const zones = [...this.template.querySelectorAll('c-woo-product-image-zone')];
        const isFound = zones.some((zone) => zone.focusOn(key, kind));
        if (!isFound) zones.find((zone) => zone.name === name)?.focus();
    }

    handleUndo() {
        this.edits.undo();
        this.announcement = labels.saidUndone;
    }

    handleApplyMine() {
        this.announcement = this.edits.applyMine(this.capacity) ? '' : labels.notApplied;
    }

    handleDismiss() {
        this.edits.dismiss();
    }

    async handleUploaded({ detail: ids }) {
        // What fails here comes back as `errors`, and the files with the next attempt.
        const product = await this.reload().catch(() => this.product);
        const { changes, rest } = changesOfUpload(ids, product, this.edit.shown, this.capacity);
        const isFeatured = changes.length > 0 && this.edits.apply(changes, this.capacity);
        this.uploaded = { count: ids.length, rest, isFeatured };
    }

    handleAddUploaded() {
        const changes = this.uploaded.rest.map((key) => ({ kind: 'place', key }));
        this.edits.apply(changes, this.capacity);
        this.uploaded = undefined;
    }

    handleCloseUploaded() {
        this.uploaded = undefined;
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }

    handleMore() {
        this.dispatchEvent(new CustomEvent('more'));
    }
}
