import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { isNotSeen } from 'c/wooErrors';
import { Poll } from 'c/wooSyncPoll';
import { isActive, isDecided } from 'c/wooSyncRecords';
import { format, formatNumber, formatTime, readable } from 'c/wooFormat';
import { commandsOf, hasEnded, healthOf, markOf, shownOf, triedOf } from './health';
import { label } from './labels';
import { commandsQuery, HEALTH, PAGE } from './query';

/** What is read of; who may see one of them sees the other. */
const READ = ['Woo_Store_Status__c', 'Woo_Sync_Issue__c'];

const isWell = ({ state }) => state === 'healthy';

/** How the sync is doing, what needs a person, and what can be asked of it. */
export default class WooSyncHealth extends LightningElement {
    /** `people`: what needs one; `operation`: stores that are well, commands and API calls. Two of a page make up the whole. */
    @api shows = 'all';

    label = label;
    result;
    polled;
    health;
    /** Null where the user may see none. */
    commands = null;
    given = [];
    errors;
    pollErrors;
    isQuiet = false;
    readAt;
    filter = { kind: '', store: '' };
    /** Where the pages up to this one begin. */
    cursors = [null];
    /** Whether stores that are well, commands and API calls are shown. They open by themselves, and close by the user alone: a form may be half filled in. */
    isOpen = false;
    wasActive = false;
    /** Undefined until something is under way. */
    commandsQuery;

    poll = new Poll({
        look: () => this.look(),
        rested: () => this.refresh(),
        gaveUp: (error) => {
            this.isQuiet = true;
            this.pollErrors = error;
        }
    });

    healthQuery = HEALTH;
    pageSize = PAGE;

    get variables() {
        const { kind, store } = this.filter;
        return { kind: kind || '%', store: store || '%', first: PAGE, after: this.cursors.at(-1) };
    }

    @wire(graphql, { query: '$healthQuery', variables: '$variables' })
    wiredHealth(result) {
        this.result = result;
        this.errors = result.errors;
        if (!result.data?.uiapi) return;
        const query = readable(result.data.uiapi.query);
        this.judge(query);
        this.commands = commandsOf(query, this.health.stores);
        this.watch();
    }

    /** How things are by what was read, and by the time it is: a store may have fallen silent since. */
    judge(query) {
        this.readAt = new Date();
        this.health = healthOf(query, this.readAt);
    }

    @wire(graphql, { query: '$commandsQuery' })
    wiredCommands(result) {
        this.polled = result;
        this.pollErrors = result.errors;
        if (!result.data?.uiapi) return;
        const commands = commandsOf(readable(result.data.uiapi.query), this.health.stores) ?? [];
        const ended = hasEnded(this.commands ?? [], commands);
        this.commands = commands;
        this.watch();
        if (ended) this.refresh();
    }

    disconnectedCallback() {
        this.poll.stop();
    }

    watch() {
        const commands = this.commands ?? [];
        const mark = markOf(commands, this.health.issues);
        // What begins is shown; what the user has closed since stays closed.
        if (!this.wasActive && commands.some(isActive)) this.isOpen = true;
        this.wasActive = commands.some(isActive);
        if (mark !== this.poll.mark) this.isQuiet = false;
        this.poll.watch(mark);
    }

    /** A decision shows in the issue, and all of it in the other part; of commands alone less is read. */
    async look() {
        if (this.isOfPeople || this.health.issues.some(isDecided)) await this.result.refresh();
        else if (this.commandsQuery) await this.polled.refresh();
        else this.commandsQuery = commandsQuery(Date.now());
    }

    get isOfPeople() {
        return this.shows === 'people';
    }

    get isOfOperation() {
        return this.shows === 'operation';
    }

    /** What there is for people is said in one place, and who may not give commands has nothing to operate. */
    get isShown() {
        return !this.isOfOperation || Boolean(this.health && this.mayAct);
    }

    get hasOperation() {
        return this.mayAct && !this.isOfPeople;
    }

    /** Nothing of it is for the user, and nothing is wrong. */
    get isNotSeen() {
        return !this.isOfOperation && READ.some((object) => isNotSeen(this.errors, object));
    }

    get isLoading() {
        return !this.health && !this.errors;
    }

    get isEmpty() {
        return this.health.stores.length === 0;
    }

    /** Said where people look first. */
    get isNothing() {
        return this.isEmpty && !this.isOfOperation;
    }

    get mayAct() {
        return this.commands !== null;
    }

    /** What needs a person stands first, for those who can do something about it; others read the state of the stores. */
    get isShowingIssues() {
        return this.mayAct && !this.isEmpty && !this.isOfOperation;
    }

    get issuesHeading() {
        return `${label.issues} (${formatNumber(this.health.total)})`;
    }

    get isShowingAttentions() {
        return this.mayAct && !this.isOfOperation && this.health.attentions.length > 0;
    }

    get attentionsHeading() {
        return `${label.attentions} (${formatNumber(this.health.attentionCount)})`;
    }

    /** A store that is well needs nobody: who may act unfolds it, others read that it is well. */
    get shownStores() {
        const { stores } = this.health;
        if (this.isOfOperation) return [];
        return this.mayAct ? stores.filter((store) => !isWell(store)) : stores;
    }

    get foldedStores() {
        return this.health.stores.filter(isWell);
    }

    get isAllWell() {
        return this.hasOperation && !this.isEmpty && this.health.stores.every(isWell);
    }

    get isOperating() {
        return this.hasOperation && this.isOpen;
    }

    get toggleIcon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }

    get callsText() {
        const { used, limit, percent } = this.health.calls;
        return format(label.apiUsed, formatNumber(used), formatNumber(limit), formatNumber(percent));
    }

    get offset() {
        return (this.cursors.length - 1) * PAGE;
    }

    get hasNext() {
        return this.health.next !== null;
    }

    get tried() {
        return triedOf(this.commands ?? []);
    }

    get rows() {
        const isOpen = ({ id }) => this.given.includes(id);
        return shownOf(this.commands ?? []).map((command) => ({
            command,
            key: command.id,
            isOpen: isOpen(command)
        }));
    }

    /** Said at once of what waits for the next day, and nothing else of it then. */
    get spentText() {
        const { spentUntil } = this.health;
        const waits = this.commands?.some(isActive) || this.health.issues.some(isDecided);
        return spentUntil && waits ? format(label.spent, formatTime(spentUntil)) : undefined;
    }

    get isSilent() {
        return this.isQuiet && !this.spentText;
    }

    get hasNoCommands() {
        return this.rows.length === 0;
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }

    handleFilter({ detail }) {
        this.filter = detail;
        this.cursors = [null];
    }

    handlePage({ detail: { step } }) {
        this.cursors = step > 0 ? [...this.cursors, this.health.next] : this.cursors.slice(0, -1);
    }

    handleSettle({ detail: { commandId } }) {
        return commandId ? this.handleGiven({ detail: { commandId } }) : this.refresh();
    }

    handleGiven({ detail: { commandId } }) {
        this.given = [...this.given, commandId];
        this.poll.watch(commandId);
        return this.poll.look();
    }

    handleRefresh() {
        this.isQuiet = false;
        this.pollErrors = undefined;
        this.poll.renew();
        return this.refresh();
    }

    async refresh() {
        try {
            await this.result.refresh();
            // The wire is not called where nothing has changed.
            const { data } = this.result;
            if (data?.uiapi) this.judge(readable(data.uiapi.query));
        } catch (error) {
            this.pollErrors = error;
        }
    }
}
