import { LightningElement, api } from 'lwc';

/** An image that is missing, or that cannot be loaded, leaves a sign of the same size in its place. */
export default class WooOrderPicture extends LightningElement {
    @api alt;
    address;
    failed = false;

    @api
    get src() {
        return this.address;
    }

    set src(address) {
        this.address = address;
        this.failed = false;
    }

    get hasImage() {
        return Boolean(this.address) && !this.failed;
    }

    handleError() {
        this.failed = true;
    }
}
