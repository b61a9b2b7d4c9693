import { LightningElement, api } from 'lwc';
import { reduceErrors } from 'c/wooErrors';
import heading from '@salesforce/label/c.Woo_Error_Heading';
import tryAgain from '@salesforce/label/c.Woo_Error_Try_Again';

/**
 * The one place where components show errors.
 * @fires retry when the user asks to try again; hidden with `no-retry`
 */
export default class WooErrorPanel extends LightningElement {
    /** What failed, as a wire or a call gave it. */
    @api errors;
    /** What could not be done; without it a general heading. */
    @api heading;
    @api noRetry = false;

    label = { tryAgain };

    get title() {
        return this.heading ?? heading;
    }

    get sentences() {
        return reduceErrors(this.errors).map(({ message }) => message);
    }

    get shown() {
        return this.sentences.length > 0;
    }

    get canRetry() {
        return !this.noRetry;
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
