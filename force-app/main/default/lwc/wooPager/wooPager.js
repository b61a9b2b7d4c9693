import { LightningElement, api } from 'lwc';
import { format, formatNumber } from 'c/wooFormat';
import endOfPaging from '@salesforce/label/c.Woo_Pager_End';
import next from '@salesforce/label/c.Woo_Pager_Next';
import paging from '@salesforce/label/c.Woo_Pager_Heading';
import previous from '@salesforce/label/c.Woo_Pager_Previous';
import range from '@salesforce/label/c.Woo_Pager_Range';

/** GraphQL pages through no more records than these without reading at least 200 at once. */
const reach = 4000;

/**
 * Which part of a list is shown, and the way to its neighbours.
 * @fires previous
 * @fires next
 */
export default class WooPager extends LightningElement {
    /** How many rows stand before the ones that are shown. */
    @api before = 0;
    /** How many rows are shown. */
    @api shown = 0;
    @api pageSize;
    /** How many rows there are. */
    @api total;
    @api hasMore = false;

    label = { next, paging, previous };
    pressed;

    get range() {
        return format(range, ...[this.before + 1, this.before + this.shown, this.total].map(formatNumber));
    }

    get isPaged() {
        return this.hasMore || !this.isFirst;
    }

    get isFirst() {
        return this.before === 0;
    }

    get isAtReach() {
        return this.hasMore && this.before + 2 * this.pageSize > reach;
    }

    get isLast() {
        return !this.hasMore || this.isAtReach;
    }

    get endOfPaging() {
        return format(endOfPaging, formatNumber(reach));
    }

    /** A button that was pressed and is now off would lose the keyboard's place. */
    renderedCallback() {
        if (this.pressed === 'previous' && this.isFirst) this.refs.next?.focus();
        else if (this.pressed === 'next' && this.isLast) this.refs.previous?.focus();
        else return;
        this.pressed = undefined;
    }

    handlePress(event) {
        this.pressed = event.currentTarget.name;
        this.dispatchEvent(new CustomEvent(this.pressed));
    }
}
