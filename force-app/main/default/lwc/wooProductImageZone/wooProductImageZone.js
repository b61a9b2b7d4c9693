import { LightningElement, api } from 'lwc';

/** Where a drop goes that is on no image. */
const END = 'end';

/**
 * One place for images: a heading, its images in their order, and a target for images that are dragged.
 * @fires imagedrag with the key of the image that is being dragged, null when that ends
 * @fires imagedrop `{ zone, before }`: the image was dropped, before another one or at the end
 */
export default class WooProductImageZone extends LightningElement {
    @api name;
    /** `{ heading, count, hint, empty, tiles, accepts }`, see `zonesOf` of `wooProductImageBoard` */
    @api zone;

    /** Key of the image before which a drop would go, or `END`. */
    over;

    /**
     * Gives the focus to an image's button.
     * @returns {boolean} whether the image is here
     */
    @api
    focusOn(key, kind) {
        const at = this.zone.tiles.findIndex((tile) => tile.key === key);
        if (at < 0) return false;
        this.template.querySelectorAll('c-woo-product-image-tile')[at].focusOn(kind);
        return true;
    }

    @api
    focus() {
        this.refs.heading.focus();
    }

    get tiles() {
        return this.zone.tiles.map((tile) => ({
            ...tile,
            itemClass: tile.key === this.over ? 'item is-before' : 'item'
        }));
    }

    get hasTiles() {
        return this.zone.tiles.length > 0;
    }

    get listClass() {
        return this.name === 'featured' ? 'tiles is-single' : 'tiles';
    }

    get areaClass() {
        const state = this.over ? ' is-over' : ' is-open';
        return `area slds-p-around_x-small${this.zone.accepts ? state : ''}`;
    }

    handleDragStart(event) {
        const { key } = event.currentTarget.dataset;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', key);
        this.tell('imagedrag', key);
    }

    handleDragEnd() {
        this.over = undefined;
        this.tell('imagedrag', null);
    }

    /** On an image: its left half means before it, its right half before the next one. */
    handleDragOverItem(event) {
        const { key } = event.currentTarget.dataset;
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const { tiles } = this.zone;
        const at = tiles.findIndex((tile) => tile.key === key);
        const before = event.clientX < left + width / 2 ? key : (tiles[at + 1]?.key ?? END);
        this.offer(event, before);
    }

    handleDragOver(event) {
        this.offer(event, END);
    }

    offer(event, before) {
        event.stopPropagation();
        if (!this.zone.accepts) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        this.over = before;
    }

    handleDragLeave() {
        this.over = undefined;
    }

    handleDrop(event) {
        event.preventDefault();
        const before = this.over === END ? undefined : this.over;
        this.over = undefined;
        if (this.zone.accepts) this.tell('imagedrop', { zone: this.name, before });
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
