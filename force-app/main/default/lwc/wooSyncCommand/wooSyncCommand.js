import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';
import { format } from 'c/wooFormat';
import { cancelCommand, isActive } from 'c/wooSyncRecords';
import { label } from './labels';
import { inWords, objectsIn } from './result';

/** Characters of a result that stand beside the state, in one line. */
const SHORT = 160;

const icons = {
    waiting: { name: 'utility:clock' },
    running: { name: 'utility:sync' },
    done: { name: 'utility:success', variant: 'success' },
    failed: { name: 'utility:error', variant: 'error' },
    cancelled: { name: 'utility:ban' }
};

/**
 * One command: how far it is, and what came of it.
 * @fires cancelled when the user has stopped it
 */
export default class WooSyncCommand extends NavigationMixin(LightningElement) {
    /** The user may stop it. */
    @api mayAct = false;
    /** Shows a long result at once. */
    @api isOpen = false;

    label = label;
    isBusy = false;
    errors;
    url;
    toggled;
    shown;
    objects = {};

    /** As `commandOf` of `c/wooSyncRecords` gives it. */
    @api
    get command() {
        return this.shown;
    }
    set command(command) {
        this.shown = command;
        this.makeLink(command);
    }

    async makeLink({ id }) {
        const attributes = { recordId: id, actionName: 'view' };
        this.url = await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
    }

    /** What became of a record is for everybody; explanations and reports name fields and objects as programs do. */
    get objectNames() {
        const names = this.command.kind === 'sync' ? objectsIn(this.command.result) : [];
        return names.length > 0 ? names : undefined;
    }

    @wire(getObjectInfos, { objectApiNames: '$objectNames' })
    wiredObjects({ data }) {
        const known = (data?.results ?? []).filter(({ statusCode }) => statusCode === 200);
        this.objects = Object.fromEntries(known.map(({ result }) => [result.apiName, result.label]));
    }

    get result() {
        return this.command.kind === 'sync' ? inWords(this.command.result, this.objects) : this.command.result;
    }

    get icon() {
        return icons[this.command.state] ?? icons.waiting;
    }

    get isRunning() {
        return this.command.state === 'running';
    }

    get isStoppable() {
        return this.mayAct && isActive(this.command);
    }

    get progressLabel() {
        return format(label.progress, this.command.name);
    }

    get resultLabel() {
        return format(label.result, this.command.name);
    }

    get isShort() {
        const { result } = this;
        return result !== '' && result.length <= SHORT && !result.includes('\n');
    }

    get isLong() {
        return this.result !== '' && !this.isShort;
    }

    get isExpanded() {
        return this.toggled ?? this.isOpen;
    }

    get toggleLabel() {
        return this.isExpanded ? label.hideResult : label.showResult;
    }

    get toggleIcon() {
        return this.isExpanded ? 'utility:chevrondown' : 'utility:chevronright';
    }

    handleToggle() {
        this.toggled = !this.isExpanded;
    }

    async handleStop() {
        this.isBusy = true;
        this.errors = undefined;
        try {
            await cancelCommand(this.command.id);
            this.dispatchEvent(new CustomEvent('cancelled'));
        } catch (error) {
            this.errors = error;
        }
        this.isBusy = false;
    }
}
