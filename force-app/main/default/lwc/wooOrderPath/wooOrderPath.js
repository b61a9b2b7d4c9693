import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { isOwnStatus, stepsOf } from './steps';
import path from '@salesforce/label/c.Woo_Order_Path';
import ownStatus from '@salesforce/label/c.Woo_Order_Path_Own_Status';
import stepDone from '@salesforce/label/c.Woo_Order_Step_Done';
import stepNow from '@salesforce/label/c.Woo_Order_Step_Now';
import stepEnded from '@salesforce/label/c.Woo_Order_Step_Ended';
import stepAhead from '@salesforce/label/c.Woo_Order_Step_Ahead';
import pending from '@salesforce/label/c.Woo_Order_Status_Pending';
import processing from '@salesforce/label/c.Woo_Order_Status_Processing';
import onHold from '@salesforce/label/c.Woo_Order_Status_On_Hold';
import completed from '@salesforce/label/c.Woo_Order_Status_Completed';
import cancelled from '@salesforce/label/c.Woo_Order_Status_Cancelled';
import refunded from '@salesforce/label/c.Woo_Order_Status_Refunded';
import failed from '@salesforce/label/c.Woo_Order_Status_Failed';

const names = { pending, processing, 'on-hold': onHold, completed, cancelled, refunded, failed };
const sentences = { done: stepDone, now: stepNow, ended: stepEnded, ahead: stepAhead };
const classes = {
    done: 'slds-path__item slds-is-complete',
    now: 'slds-path__item slds-is-current slds-is-active',
    ended: 'slds-path__item slds-is-active slds-is-lost',
    ahead: 'slds-path__item slds-is-incomplete'
};

/** The status path of an order. It is read only: the status changes in the shop. */
export default class WooOrderPath extends LightningElement {
    /** Status as WooCommerce names it. */
    @api status;
    /** Its name for people, where the org knows one. */
    @api statusLabel;
    @api paid = false;
    @api completed = false;

    label = { path };

    nameOf(status) {
        return names[status] ?? this.statusLabel ?? status;
    }

    get steps() {
        return stepsOf(this.status, { paid: this.paid, completed: this.completed }).map(({ status, state }) => {
            const name = this.nameOf(status);
            const isWon = status === 'completed' && state === 'now';
            return {
                status,
                name,
                sentence: format(sentences[state], name),
                isDone: state === 'done',
                current: state === 'now' || state === 'ended' ? 'step' : undefined,
                className: isWon ? `${classes[state]} slds-is-won` : classes[state]
            };
        });
    }

    get note() {
        return isOwnStatus(this.status) ? format(ownStatus, this.nameOf(this.status)) : undefined;
    }
}
