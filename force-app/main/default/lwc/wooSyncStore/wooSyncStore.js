import { LightningElement, api } from 'lwc';
import { format, formatNumber } from 'c/wooFormat';
import { formatDuration } from './duration';
import { label } from './labels';

const states = {
    healthy: { text: label.healthy, icon: 'utility:success', variant: 'success' },
    attention: { text: label.attention, icon: 'utility:warning', variant: 'warning' },
    late: { text: label.late, icon: 'utility:clock', variant: 'warning' },
    paused: { text: label.paused, icon: 'utility:pause', variant: 'warning' },
    unreachable: { text: label.unreachable, icon: 'utility:offline', variant: 'error' },
    down: { text: label.down, icon: 'utility:error', variant: 'error' },
    left: { text: label.left, icon: 'utility:ban' },
    unknown: { text: label.unknown, icon: 'utility:question' }
};

/**
 * How the sync with one store is doing.
 * @fires given as `c-woo-sync-proofs` does
 */
export default class WooSyncStore extends LightningElement {
    /** As `storeOf` of `c/wooSyncRecords` gives it. */
    @api store;
    /** The user may do something about what is wrong; others are told whom to ask. */
    @api mayAct = false;

    label = label;
    /** Undefined as long as the user has not said whether to see details. */
    toggled;

    get state() {
        return states[this.store.state] ?? states.unknown;
    }

    /** What it said last is no news then. */
    get cure() {
        return { down: label.downCure, left: label.leftCure }[this.store.state];
    }

    get isSilent() {
        return this.cure !== undefined && this.store.lastSeen !== null;
    }

    /** Numbers of a store that is well are for who asks for them. */
    get isOpen() {
        return this.mayAct && (this.toggled ?? this.store.state !== 'healthy');
    }

    get toggleTitle() {
        return `${label.details}: ${this.store.name}`;
    }

    get toggleIcon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }

    get text() {
        return this.store.lastSeen === null ? label.neverSeen : this.state.text;
    }

    get message() {
        const message = this.cure ?? this.store.message;
        return message && !this.mayAct ? label.askAdmin : message;
    }

    get times() {
        const { lastEvent, lastSweep, lastReconcile, reconcileResult, lastSeen } = this.store;
        return [
            { name: label.lastEvent, value: lastEvent },
            { name: label.lastSweep, value: lastSweep },
            { name: label.lastReconcile, value: lastReconcile, note: reconcileResult },
            { name: label.lastSeen, value: lastSeen }
        ];
    }

    get numbers() {
        const { lagSeconds, backlog, openIssues } = this.store;
        const known = [
            { name: label.lag, number: lagSeconds, value: lagSeconds ? formatDuration(lagSeconds) : label.noLag },
            { name: label.backlog, number: backlog, value: formatNumber(backlog) },
            { name: label.issues, number: openIssues, value: formatNumber(openIssues) }
        ];
        return known.filter(({ number }) => number !== null);
    }

    get webhooks() {
        const { count, active, note } = this.store.webhooks;
        return count > 0 ? format(label.webhooksActive, formatNumber(active), formatNumber(count)) : note;
    }

    get hasMappings() {
        return this.store.mappings.length > 0;
    }

    handleToggle() {
        this.toggled = !this.isOpen;
    }

    handleGiven({ detail }) {
        this.dispatchEvent(new CustomEvent('given', { detail }));
    }

    /** Of the calls that the store has for the day. */
    get dayText() {
        const { day } = this.store;
        return day && format(label.apiDay, formatNumber(day.used), formatNumber(day.limit), formatNumber(day.forecast));
    }
}
