import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { Choices } from 'c/wooMappingFit';
import { label as texts } from './labels';

const NOTHING = new Choices([]);
const OPTION = 'slds-media slds-listbox__option slds-listbox__option_entity slds-media_small slds-p-around_x-small';

/**
 * A field to choose from hundreds of things, found by typing. The base combobox shows all and searches nothing.
 * @fires choose `{ value }`; null where it was emptied
 * @fires next when Enter is pressed on a closed list
 */
export default class WooMappingPick extends LightningElement {
    @api label;
    @api placeholder;
    @api disabled = false;
    @api required = false;
    /** `label-hidden` keeps the label for screen readers only. */
    @api variant;
    /** What the list does not have may be typed. */
    @api allowFree = false;
    @api hasError = false;
    @api value;
    /** A `Choices` of `c/wooMappingFit`. */
    @api choices = NOTHING;

    isOpen = false;
    /** What was typed since the list opened; undefined for nothing. */
    typed;
    at = 0;
    found = { options: [], more: 0 };

    @api
    focus() {
        this.template.querySelector('input').focus();
    }

    get formClass() {
        return `slds-form-element${this.hasError ? ' slds-has-error' : ''}`;
    }

    get labelClass() {
        return this.variant === 'label-hidden' ? 'slds-assistive-text' : 'slds-form-element__label';
    }

    get boxClass() {
        return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click${this.isOpen ? ' slds-is-open' : ''}`;
    }

    get expanded() {
        return String(this.isOpen);
    }

    get ariaRequired() {
        return String(this.required);
    }

    get text() {
        return this.typed ?? this.choices.labelOf(this.value);
    }

    get options() {
        const { options } = this.found;
        const free = this.typed?.trim();
        const isKnown = options.some(({ value }) => value === free);
        if (!this.allowFree || !free || isKnown) return options;
        return [...options, { value: free, label: format(texts.use, free) }];
    }

    get shown() {
        return this.options.map((option, at) => ({
            ...option,
            id: `option-${at}`,
            label: option.label || option.value,
            selected: String(at === this.at),
            style: at === this.at ? `${OPTION} slds-has-focus` : OPTION
        }));
    }

    get activeId() {
        return this.isOpen && this.options.length > 0 ? `option-${this.at}` : null;
    }

    get note() {
        if (this.found.more > 0) return format(texts.more, this.found.more);
        return this.options.length === 0 ? format(texts.none, this.typed ?? '') : undefined;
    }

    /** The one that was moved to is in sight. */
    renderedCallback() {
        if (this.isOpen) this.template.querySelector('.slds-has-focus')?.scrollIntoView?.({ block: 'nearest' });
    }

    open(typed) {
        this.typed = typed;
        this.found = this.choices.search(typed ?? '');
        this.at = Math.max(
            0,
            typed === undefined ? this.found.options.findIndex(({ value }) => value === this.value) : 0
        );
        this.isOpen = true;
    }

    close() {
        this.isOpen = false;
        this.typed = undefined;
    }

    choose(value) {
        this.close();
        if ((value ?? null) === (this.value ?? null)) return;
        this.dispatchEvent(new CustomEvent('choose', { detail: { value: value ?? null } }));
    }

    /** What was typed is taken when the field is left: nothing typed is lost. */
    leave() {
        const typed = this.typed?.trim();
        if (typed === '') this.choose(null);
        else if (typed === undefined) this.close();
        else if (this.allowFree || this.choices.get(typed)) this.choose(typed);
        else this.close();
    }

    handleClick(event) {
        if (this.isOpen) return;
        event.target.select();
        this.open();
    }

    handleInput(event) {
        this.open(event.target.value);
    }

    handleBlur() {
        this.leave();
    }

    /** Keeps the focus in the field while an option is clicked. */
    handleHold(event) {
        event.preventDefault();
    }

    handleOption(event) {
        this.choose(event.currentTarget.dataset.value);
    }

    handleKey(event) {
        const { key } = event;
        if (key === 'ArrowDown' || key === 'ArrowUp') {
            event.preventDefault();
            if (this.isOpen) this.move(key === 'ArrowDown' ? 1 : -1);
            else this.open();
        } else if (key === 'Escape' && this.isOpen) {
            event.stopPropagation();
            this.close();
        } else if (key === 'Enter') {
            event.preventDefault();
            this.enter();
        }
    }

    move(step) {
        const { length } = this.options;
        if (length > 0) this.at = (this.at + step + length) % length;
    }

    enter() {
        if (!this.isOpen) this.dispatchEvent(new CustomEvent('next'));
        else if (this.typed?.trim() === '') this.choose(null);
        else if (this.options.length > 0) this.choose(this.options[this.at].value);
    }
}
