import { LightningElement, api } from 'lwc';
import { format, formatNumber } from 'c/wooFormat';
import { UNKNOWN } from 'c/wooMappingDescribed';
import { label } from './labels';

const LATEST = 'latest';
/** As the sync takes it: an id of the shop, or a guest. */
const NUMBER = /^(?:[1-9]\d{0,15}|guest:\S+@\S+)$/i;

/**
 * What a mapping that is edited would make of a record of the shop.
 * @fires record `{ record }` when the user chooses another: `latest`, an id of the shop, or `guest:` and an e-mail address
 */
export default class WooMappingPreview extends LightningElement {
    /** As `preview` of `c/wooMappingAsk` gives it; nothing while there is none. */
    @api answer;
    @api isBusy = false;
    /** A `Described`: labels of fields. */
    @api described = UNKNOWN;
    /** Of the mapping. */
    @api resource;

    label = label;
    which = LATEST;
    number = '';
    /** What was asked for last. */
    shown = LATEST;

    @api
    focus() {
        this.template.querySelector('.title').focus();
    }

    get options() {
        return [
            { value: LATEST, label: label.latest },
            { value: 'number', label: label.byNumber }
        ];
    }

    get isByNumber() {
        return this.which !== LATEST;
    }

    get busy() {
        return this.isBusy ? label.busy : '';
    }

    /** What the user should know of the whole. */
    get said() {
        const { answer, isBusy } = this;
        if (!answer) return isBusy ? null : label.empty;
        if (answer.recordProblem) return `${answer.recordProblem.message} ${answer.recordProblem.cure}`;
        if (answer.records.length === 0) return answer.held ? label.nothing : label.noRecord;
        return answer.held ? label.held : null;
    }

    get records() {
        return this.answer.records.map((record, at) => ({ record, key: `${at} ${record.title}` }));
    }

    get more() {
        const { more } = this.answer;
        return more > 0 ? format(label.more, formatNumber(more)) : null;
    }

    get calls() {
        const { looking } = this.answer;
        return looking ? format(label.calls, looking.seconds, formatNumber(looking.calls)) : null;
    }

    handleWhich(event) {
        this.which = event.detail.value;
        if (this.which === LATEST) this.choose(LATEST);
    }

    handleNumber(event) {
        this.number = event.detail.value;
        const input = event.currentTarget;
        input.setCustomValidity('');
        input.reportValidity();
    }

    handleKey(event) {
        if (event.key === 'Enter') this.handleShow();
    }

    handleShow() {
        const number = this.number.trim();
        if (number === '') return;
        const input = this.template.querySelector('.number');
        input.setCustomValidity(NUMBER.test(number) ? '' : label.badNumber);
        input.reportValidity();
        if (NUMBER.test(number)) this.choose(number);
    }

    choose(record) {
        if (record === this.shown) return;
        this.shown = record;
        this.dispatchEvent(new CustomEvent('record', { detail: { record } }));
    }
}
