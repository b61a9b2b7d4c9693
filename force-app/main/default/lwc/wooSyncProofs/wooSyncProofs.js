import { LightningElement, api } from 'lwc';
import mayRunCommands from '@salesforce/customPermission/Woo_Run_Commands';
import { formatNumber } from 'c/wooFormat';
import { giveCommand } from 'c/wooSyncRecords';
import { label } from './labels';

/** Days that are shown; the store's own page has all that are kept. */
const SHOWN = 7;

/**
 * What the comparisons of a store with Salesforce came to, by day.
 * @fires given `{ commandId }` when the user has one started
 */
export default class WooSyncProofs extends LightningElement {
    /** As `storesOf` of `c/wooSyncRecords` gives them, the newest first. */
    @api proofs = [];
    /** Key of the store. */
    @api store;

    label = label;
    mayStart = Boolean(mayRunCommands);
    isBusy = false;
    errors;

    get rows() {
        return this.proofs.slice(0, SHOWN).map(({ at, counted, found, repaired, isOpen }) => ({
            key: at,
            counted: formatNumber(counted),
            found: formatNumber(found),
            repaired: isOpen ? label.underWay : repaired === null ? label.notFollowed : formatNumber(repaired)
        }));
    }

    get isEmpty() {
        return this.proofs.length === 0;
    }

    async handleNow() {
        this.isBusy = true;
        this.errors = undefined;
        try {
            const commandId = await giveCommand({ Type__c: 'reconcile', Store__c: this.store });
            this.dispatchEvent(new CustomEvent('given', { detail: { commandId } }));
        } catch (error) {
            this.errors = error;
        }
        this.isBusy = false;
    }
}
