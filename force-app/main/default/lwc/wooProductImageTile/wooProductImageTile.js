import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { format } from 'c/wooFormat';
import actions from '@salesforce/label/c.Woo_Images_Actions';

/** Alt with these keys moves an image. */
const KEYS = { ArrowLeft: 'earlier', ArrowUp: 'earlier', ArrowRight: 'later', ArrowDown: 'later' };

/**
 * One image with its name, what is wrong with it, and what can be done.
 * @fires imageaction `{ kind, key, zone }`, bubbles through shadows
 */
export default class WooProductImageTile extends NavigationMixin(LightningElement) {
    url;
    current;
    /** Addresses that gave no image. */
    failed = [];

    /** `{ key, zone, title, thumbnail, original, icon, badge, reason, isFile, actions }`, see `tilesOf` of `wooProductImageBoard` */
    @api
    get tile() {
        return this.current;
    }
    set tile(tile) {
        const isOther = tile.isFile && tile.key !== this.current?.key;
        this.current = tile;
        if (isOther) this.readUrl();
    }

    /** Gives the focus to the button of a choice, or to the menu where that has no button or cannot be used. */
    @api
    focusOn(kind) {
        const button = this.template.querySelector(`lightning-button-icon[data-kind="${kind}"]`);
        const isUsable = button && !button.disabled;
        (isUsable ? button : this.template.querySelector('lightning-button-menu')).focus();
    }

    async readUrl() {
        this.url = await this[NavigationMixin.GenerateUrl](this.page);
    }

    get page() {
        const attributes = { recordId: this.tile.key, objectApiName: 'ContentDocument', actionName: 'view' };
        return { type: 'standard__recordPage', attributes };
    }

    get hasThumbnail() {
        return Boolean(this.source);
    }

    /** The thumbnail; the file itself where that is not there yet, as of a fresh upload; nothing where both fail. */
    get source() {
        return [this.tile.thumbnail, this.tile.original].find((url) => url && !this.failed.includes(url));
    }

    get hasActions() {
        return this.tile.actions.length > 0;
    }

    get quick() {
        return this.tile.actions.filter(({ isQuick }) => isQuick).map((one) => ({ ...one, alt: this.altOf(one) }));
    }

    get menuLabel() {
        return format(actions, this.tile.title);
    }

    altOf({ label }) {
        return `${label}: ${this.tile.title}`;
    }

    handleFailure() {
        this.failed = [...this.failed, this.source];
    }

    handleOpen(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](this.page);
    }

    handleSelect({ detail: { value } }) {
        this.act(value);
    }

    handleQuick({ currentTarget }) {
        this.act(currentTarget.dataset.kind);
    }

    handleKey(event) {
        const kind = event.altKey ? KEYS[event.key] : undefined;
        if (!kind || !this.hasActions) return;
        // The browser would go back a page.
        event.preventDefault();
        this.act(kind);
    }

    act(kind) {
        const action = this.tile.actions.find((one) => one.kind === kind);
        if (!action || action.disabled) return;
        const detail = { kind, key: this.tile.key, zone: this.tile.zone };
        this.dispatchEvent(new CustomEvent('imageaction', { detail, bubbles: true, composed: true }));
    }
}
