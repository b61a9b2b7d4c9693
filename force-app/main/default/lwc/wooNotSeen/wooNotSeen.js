import { LightningElement } from 'lwc';
import heading from '@salesforce/label/c.Woo_Not_Seen_Heading';
import hint from '@salesforce/label/c.Woo_Not_Seen_Hint';

/** Those on the page: all stand for the same thing, so the first one says it. */
const shown = [];

/** Shown in place of what is made of orders, to whoever may see none; once on a page. */
export default class WooNotSeen extends LightningElement {
    label = { heading, hint };
    isFirst = false;

    connectedCallback() {
        shown.push(this);
        shown[0].isFirst = true;
    }

    disconnectedCallback() {
        shown.splice(shown.indexOf(this), 1);
        this.isFirst = false;
        if (shown.length > 0) shown[0].isFirst = true;
    }
}
