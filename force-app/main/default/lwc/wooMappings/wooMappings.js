import { LightningElement, wire } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import lastSave from '@salesforce/apex/WooMappings.lastSave';
import readMappings from '@salesforce/apex/WooMappings.read';
import readObjects from '@salesforce/apex/WooMappings.objects';
import save from '@salesforce/apex/WooMappings.save';
import saved from '@salesforce/apex/WooMappings.saved';
import { format } from 'c/wooFormat';
import { draftsOf, orgOf, sourceFilesOf } from 'c/wooMappingDraft';
import { Saving } from 'c/wooMappingSave';
import { download, zipOf } from 'c/wooZip';
import { actOf, backOf, undoOf } from './acts';
import { addressOf, draftFor, opens } from './address';
import { Counts } from './counts';
import { goneDrafts } from './gone';
import { label } from './labels';
import { problemsOf } from './outcome';
import { STATE } from './query';
import { stateOf } from './state';
import { sectionsOf } from './view';

/** All mappings, and the editor of one that the page's address names. */
export default class WooMappings extends NavigationMixin(LightningElement) {
    label = label;
    stateQuery = STATE;
    countsQuery;
    reference;
    drafts;
    org;
    objects = [];
    mayCustomize = true;
    state;
    counts = Counts.of([]);
    /** What the editor shows; null for the list. */
    opened = null;
    address = '';
    isChoosing = false;
    busyWith = '';
    /** Label of the mapping that is saved, or was last. */
    savedName = '';
    problems = [];
    saving = new Saving({ save, saved, notify: () => this.handleSaving() });

    connectedCallback() {
        this.read();
        this.nameObjects();
    }

    disconnectedCallback() {
        this.saving.poll.stop();
    }

    renderedCallback() {
        if (this.isChoosing && !this.hasChosenFocus) this.refs.templates.focus();
        this.hasChosenFocus = this.isChoosing;
        if (this.wasOpened && !this.opened) this.refs.heading.focus();
        this.wasOpened = Boolean(this.opened);
    }

    @wire(CurrentPageReference)
    wiredReference(reference) {
        this.reference = reference;
        this.open();
    }

    @wire(graphql, { query: '$stateQuery' })
    wiredState(result) {
        this.stateResult = result;
        if (result.data?.uiapi) this.state = stateOf(result.data.uiapi, new Date());
        this.stateErrors = result.errors;
    }

    @wire(graphql, { query: '$countsQuery' })
    wiredCounts({ data, errors }) {
        if (!this.countsQuery || (!data?.uiapi && !errors)) return;
        this.count(errors ? this.counts.refused() : this.counts.answered(data.uiapi.aggregate));
    }

    async read() {
        try {
            const read = await readMappings();
            this.drafts = draftsOf(read);
            this.org = orgOf(read);
            this.mayCustomize = read.mayCustomize;
            this.count(Counts.of(this.drafts.map(({ mapping }) => mapping)));
            this.open();
        } catch (error) {
            this.problems = [error];
        }
    }

    count(counts) {
        this.counts = counts;
        this.countsQuery = counts.query;
    }

    /** Without them the names of the API are shown. */
    async nameObjects() {
        try {
            this.objects = [...(await readObjects())].sort((one, other) => one.label.localeCompare(other.label));
        } catch {
            this.objects = [];
        }
    }

    /** Opens what the address names; what is open stays while the address does. */
    open() {
        if (!this.drafts || !this.reference) return;
        const asked = opens(this.reference.state);
        const address = JSON.stringify(asked);
        if (address === this.address) return;
        this.address = address;
        this.opened = asked && draftFor(asked, this.drafts, this.org);
        this.isChoosing = false;
        this.problems = asked && !this.opened ? [format(label.gone, asked.name)] : [];
    }

    go(act, name, isReplaced = false) {
        const { reference } = this;
        const state = { ...reference.state, ...addressOf(act, name) };
        this[NavigationMixin.Navigate]({ ...reference, state }, isReplaced);
    }

    get isUnread() {
        return !this.drafts;
    }

    get isLoading() {
        return this.isUnread && this.problems.length === 0;
    }

    get hasList() {
        return Boolean(this.drafts) && !this.opened;
    }

    get sections() {
        return sectionsOf(this.drafts, this);
    }

    get isEmpty() {
        return this.sections.length === 0;
    }

    get isReadOnly() {
        return !this.mayCustomize;
    }

    get isBusy() {
        return this.saving.isRunning || this.busyWith !== '';
    }

    /** A list of templates that opens before the mappings are read would close again with them. */
    get mayNotStart() {
        return this.isUnread || this.isBusy;
    }

    get busyText() {
        return format(label.saving, this.busyWith);
    }

    get notice() {
        if (!this.state) return null;
        if (!this.state.hasReported) return label.notReported;
        return this.state.isSilent ? label.silent : null;
    }

    /** Of what was typed of mappings that are not in the list any more; who may not save has typed nothing. */
    get keptNotices() {
        const gone = this.isReadOnly ? [] : goneDrafts(this.drafts, this.org);
        return gone.map(({ mapping: { name, label: text } }) => ({
            name,
            text: format(label.kept, text),
            actions: [{ name, label: label.edit }]
        }));
    }

    get hasProblems() {
        return this.problems.length > 0;
    }

    get newExpanded() {
        return String(this.isChoosing);
    }

    handleNew() {
        this.isChoosing = !this.isChoosing;
    }

    handleChoose({ detail: { template } }) {
        this.go('create', template);
    }

    handleAct({ detail: { act, name } }) {
        const draft = this.drafts.find(({ mapping }) => mapping.name === name);
        if (act === 'edit' || act === 'copy') this.go(act, name);
        else if (act === 'download') this.download([draft], name);
        else if (act === 'undo') this.undo(draft);
        else if (act === 'back') this.bringBack(draft);
        else this.do(actOf(act, draft), draft);
    }

    handleKept({ detail: { name } }) {
        this.go('edit', name);
    }

    handleDownloadAll() {
        this.download(
            this.drafts.filter(({ isRemoved }) => !isRemoved),
            'mappings'
        );
    }

    download(drafts, name) {
        download(`${name}.zip`, zipOf(drafts.flatMap(sourceFilesOf)));
    }

    undo(draft) {
        return this.byLastSave(draft, async (last) => {
            const undo = undoOf(last, draft);
            if (undo?.refusal) this.problems = [undo.refusal];
            else if (undo) await this.do(undo, draft);
            else this.toast(label.undoNone, 'info');
        });
    }

    /** Where nobody knows what was on before, the editor lists all rows, to choose from. */
    bringBack(draft) {
        return this.byLastSave(draft, async (last) => {
            const back = backOf(last, draft);
            if (back) await this.do(back, draft);
            else this.go('back', draft.mapping.name);
        });
    }

    /** @param {(last: object|null) => Promise<void>} act what is done by the mapping's last save */
    async byLastSave({ mapping: { name, label: text } }, act) {
        this.busyWith = text;
        try {
            const last = await lastSave({ mapping: name });
            this.busyWith = '';
            await act(last);
        } catch (error) {
            this.busyWith = '';
            this.problems = [error];
        }
    }

    /** Asks where something stops by it, and saves. */
    async do({ rows, question }, { mapping, read }) {
        if (question && !(await LightningConfirm.open({ ...question, theme: 'warning' }))) return;
        this.problems = [];
        this.busyWith = mapping.label;
        this.savedName = mapping.label;
        await this.saving.begin(mapping.name, rows, read);
    }

    async handleSaving() {
        if (this.saving.isRunning) return;
        const name = this.savedName;
        const problems = problemsOf(this.saving, name);
        await this.refresh();
        this.problems = [...problems, ...this.problems];
        this.busyWith = '';
        if (this.saving.state === 'done') this.toast(format(label.saved, name), 'success');
    }

    toast(title, variant) {
        this.dispatchEvent(new ShowToastEvent({ title, variant }));
    }

    handleClose() {
        this.go(null);
        this.refresh();
    }

    /** A new mapping has a name now: the address names it, and what is open stays. */
    handleSaved({ detail: { mapping } }) {
        this.address = JSON.stringify({ act: 'edit', name: mapping });
        this.go('edit', mapping, true);
    }

    handleRefresh() {
        return this.refresh();
    }

    async refresh() {
        this.problems = [];
        await Promise.all([this.read(), this.stateResult?.refresh?.()]);
    }
}
