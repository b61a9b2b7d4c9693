import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { label } from './labels';

/** What the editor itself can do, in place of what the service says for everybody. */
const CURES = { MAPPING_NO_FIELDS: format(label.noFieldsCure, label.addSeveral, label.addRow) };

/** What is wrong, each with what to do. */
export default class WooMappingProblems extends LightningElement {
    /** `[{ code, message, cure, fatal }]` */
    @api problems = [];

    get shown() {
        return this.problems.map(({ code, message, cure, fatal }, at) => ({
            key: `${at} ${message}`,
            sentence: [message, CURES[code] ?? cure].filter(Boolean).join(' '),
            kind: fatal ? label.error : label.warning,
            icon: fatal ? 'utility:error' : 'utility:warning',
            variant: fatal ? 'error' : 'warning'
        }));
    }
}
