import { LightningElement, api } from 'lwc';
import { label } from './labels';

/** What is wrong, each with what to do. */
export default class WooMappingProblems extends LightningElement {
    /** `[{ message, cure, fatal }]` */
    @api problems = [];

    get shown() {
        return this.problems.map(({ message, cure, fatal }, at) => ({
            ...{ key: `${at} ${message}`, sentence: [message, cure].filter(Boolean).join(' ') },
            kind: fatal ? label.error : label.warning,
            icon: fatal ? 'utility:error' : 'utility:warning',
            variant: fatal ? 'error' : 'warning'
        }));
    }
}
