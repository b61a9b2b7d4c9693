import { LightningElement, api } from 'lwc';
import mayRunCommands from '@salesforce/customPermission/Woo_Run_Commands';
import { giveCommand } from 'c/wooSyncRecords';
import { label } from './labels';

/** A mapping is saved: what exists already comes by a backfill, which whoever may give commands can order here. */
export default class WooMappingSaved extends LightningElement {
    /** Key of the mapping's store; blank for all. */
    @api store;

    label = label;
    isGiven = false;
    isBusy = false;
    errors;

    get text() {
        return this.isGiven ? `${label.saved} ${label.backfillGiven}` : label.saved;
    }

    get actions() {
        return mayRunCommands && !this.isGiven ? [{ name: 'backfill', label: label.backfill }] : [];
    }

    async handleBackfill() {
        if (this.isBusy) return;
        this.isBusy = true;
        this.errors = undefined;
        try {
            await giveCommand({ Type__c: 'backfill', ...(this.store && { Store__c: this.store }) });
            this.isGiven = true;
        } catch (error) {
            this.errors = error;
        }
        this.isBusy = false;
    }
}
