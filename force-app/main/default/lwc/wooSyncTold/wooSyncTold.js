import { LightningElement } from 'lwc';
import settings from '@salesforce/apex/WooMappings.settings';
import { label } from './labels';
import { linesOf } from './lines';

/** Who is told when a person is needed, and what is set for each store of budget, silence and e-mail. */
export default class WooSyncTold extends LightningElement {
    label = label;
    lines;
    errors;

    connectedCallback() {
        this.read();
    }

    async read() {
        try {
            this.lines = linesOf(await settings(), new Date());
            this.errors = undefined;
        } catch (error) {
            this.errors = error;
        }
    }

    get isLoading() {
        return !this.lines && !this.errors;
    }

    handleRetry() {
        return this.read();
    }
}
