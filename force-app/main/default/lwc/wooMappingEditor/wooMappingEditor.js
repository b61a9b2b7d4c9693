import { LightningElement, api } from 'lwc';
import readMappings from '@salesforce/apex/WooMappings.read';
import saveMapping from '@salesforce/apex/WooMappings.save';
import savedMapping from '@salesforce/apex/WooMappings.saved';
import { format } from 'c/wooFormat';
import { broughtBack, changesOf, differencesOf, draftsOf, orgOf } from 'c/wooMappingDraft';
import { Findings, isNameTaken } from 'c/wooMappingFit';
import { Kept } from 'c/wooMappingKept';
import { Saving } from 'c/wooMappingSave';
import { Asking } from './asking';
import { edited, withTrimmedFields } from './edits';
import { label } from './labels';
import { anew, merged } from './merged';
import { meanwhileText, noticesOf } from './notices';
import { placed } from './placed';
import { rowNames } from './row-names';
import { keyFor, objectsOf, storeOf } from './settings';

/** What decides which fields and attributes there are. */
const READ_AGAIN = ['object', 'resource', 'contentType', 'store'];

/** Without the wrapping of what a parent gives, and free to be changed. */
const plain = (draft) => JSON.parse(JSON.stringify(draft));
const isNew = ({ read }) => read.length === 0;
/** What the editor begins with: of a deleted mapping that is to come back, all its rows. */
const offered = (draft) => (draft.isReturning ? broughtBack(draft) : draft);

/**
 * The editor of one mapping.
 * @fires close
 * @fires saved `{ mapping }`
 */
export default class WooMappingEditor extends LightningElement {
    /** `[{ name, label }]` that a mapping may write. */
    @api objects = [];
    /** All mappings, as drafts: which objects lookups find. */
    @api mappings = [];
    @api readOnly = false;

    label = label;
    given;
    /** As the org has it; null where it has not. */
    before = null;
    shown;
    record = 'latest';
    isReviewing = false;
    isRestored = false;
    isSaved = false;
    theirs = null;
    /** What drafts need to know of the org, once it does not have the mapping any more. */
    orgWithout = null;
    errors = [];
    isConnected = false;
    /** Whether something is typed that is no value, and so in no draft. */
    isUnreadable = false;
    /** Class of what gets the focus once it is drawn: what had it is not there any more. */
    focusOn = 'heading';
    /** Rises when one of those below is another, so that the page is drawn anew. */
    changes = 0;
    asking = new Asking({ ask: () => this.refs.ask, notify: () => this.touch() });
    saving = new Saving({ save: saveMapping, saved: savedMapping, notify: () => this.handleSaving() });

    /**
     * A draft of `c/wooMappingDraft`; one that was never read from the org is new, one that `isGone` was kept of a mapping
     * that the org does not have any more.
     */
    @api
    get draft() {
        return this.given;
    }
    set draft(draft) {
        this.given = draft;
        this.open(plain(draft));
        if (this.isConnected) this.look();
    }

    renderedCallback() {
        if (this.focusOn) {
            this.template.querySelector(`.${this.focusOn}`)?.focus();
            this.focusOn = null;
        }
        if (this.isConnected) return;
        this.isConnected = true;
        this.look();
    }

    disconnectedCallback() {
        this.isConnected = false;
        this.saving.poll.stop();
    }

    touch() {
        this.changes += 1;
    }

    /** What was typed and not saved is shown rather than what the org has. */
    open(draft) {
        this.kept = new Kept(draft.mapping.name);
        this.before = isNew(draft) || draft.isGone ? null : draft;
        this.isRestored = false;
        this.isReviewing = Boolean(draft.isReturning);
        this.show(withTrimmedFields(offered(draft)));
        if (draft.isGone) {
            this.orgWithout = draft.org;
            return;
        }
        const kept = this.readOnly ? null : this.kept.get(draft.org);
        if (kept) this.restore(kept, draft);
    }

    /** Shows what was kept; where somebody else has saved since it was read, the user decides. */
    restore({ before, draft: mine }, draft) {
        const isOther = JSON.stringify(mine.read) !== JSON.stringify(draft.read);
        if (isOther && differencesOf(draft, mine).length === 0) {
            this.kept.remove();
            return;
        }
        this.isRestored = true;
        this.show(mine);
        if (isOther) Object.assign(this, { before, theirs: draft });
    }

    show(draft) {
        Object.assign(this, { shown: draft, errors: [], theirs: null, orgWithout: null, isUnreadable: false });
    }

    /** Asks the service for all that the page shows. */
    look() {
        this.read();
        this.check();
    }

    async read() {
        const { mapping } = this.shown;
        const { object, resource, contentType } = mapping;
        if (!object || !resource) return;
        const store = storeOf(this.shown);
        const asked = { object, resource, store, ...(contentType && { contentType }) };
        const isOther = await this.asking.read(asked, objectsOf(this.mappings));
        const key = isOther && keyFor(this.shown.mapping, this.asking.described);
        if (key) this.edit({ act: 'mapping', changes: { externalIdField: key } });
    }

    check() {
        const { object, resource } = this.shown.mapping;
        if (object && resource) this.asking.check(this.shown, this.record, storeOf(this.shown));
    }

    edit(edit) {
        this.saving.goOn();
        this.shown = edited(this.shown, edit);
        this.errors = [];
        this.isSaved = false;
        this.kept.put(this.before, this.shown);
        if (READ_AGAIN.some((word) => word in (edit.changes ?? {})) && edit.act === 'mapping') this.read();
        this.check();
    }

    get findings() {
        const { answer } = this.asking;
        const isKnown = this.known?.answer === answer && this.known.errors === this.errors;
        if (!isKnown) {
            const findings = new Findings(answer, this.errors, rowNames(this.shown, this.asking.described));
            this.known = { answer, errors: this.errors, findings };
        }
        return this.changes >= 0 ? this.known.findings : undefined;
    }

    get title() {
        return this.shown.mapping.label || label.newMapping;
    }

    get isLocked() {
        return this.readOnly || this.saving.isRunning;
    }

    get mayEdit() {
        return !this.readOnly;
    }

    get otherLabels() {
        const { name } = this.shown.mapping;
        return this.mappings.filter(({ mapping }) => mapping.name !== name).map(({ mapping }) => mapping.label);
    }

    get differences() {
        return differencesOf(this.before, this.shown);
    }

    get isUnsaved() {
        return this.differences.length > 0;
    }

    get problems() {
        return this.asking.answer?.problems ?? [];
    }

    /** As many as stand on the page, whoever has found them. */
    get problemCount() {
        const { mapping, fields } = this.shown;
        const found = this.findings.count(fields, this.asking.described);
        return found + [isNameTaken(mapping, this.otherLabels), this.isUnreadable].filter(Boolean).length;
    }

    get held() {
        return this.problems.filter(({ fatal }) => fatal).length;
    }

    get count() {
        return this.changes >= 0 ? this.asking.count : null;
    }

    get mappingProblems() {
        const { fields, conditions } = this.shown;
        return this.findings.elsewhere([...fields, ...conditions].map(({ name }) => name));
    }

    get state() {
        const { isReading, isChecking, isChecked } = this.asking;
        if (isReading) return label.reading;
        if (isChecking) return label.checking;
        if (!isChecked) return '';
        return this.problemCount === 0 ? label.checked : format(label.problems, this.problemCount);
    }

    get notices() {
        const { saving, readOnly: isReadOnly, isRestored, asking, shown } = this;
        const isReturning = Boolean(this.before?.isReturning);
        const hasObject = Boolean(shown.mapping.object && shown.mapping.resource);
        const isGone = this.orgWithout !== null;
        return noticesOf({ saving, isGone, isReadOnly, isRestored, isReturning, asking, hasObject });
    }

    get meanwhile() {
        return meanwhileText(this.saving.refusal ?? {});
    }

    get meanwhileActions() {
        return [
            { name: 'mine', label: label.keepMine },
            { name: 'theirs', label: label.takeTheirs }
        ];
    }

    get theirDifferences() {
        return differencesOf(this.before, this.theirs);
    }

    handleEdit(event) {
        this.edit(event.detail);
    }

    handleTyped(event) {
        this.isUnreadable = event.detail.isUnreadable;
    }

    handleRecord(event) {
        this.record = event.detail.record;
        this.check();
    }

    handleRead() {
        this.asking.key = undefined;
        this.read();
    }

    handleCheck() {
        this.check();
    }

    handleReview() {
        this.isReviewing = true;
        this.focusOn = 'changes';
    }

    handleToPreview() {
        const preview = this.template.querySelector('.preview');
        preview.scrollIntoView?.({ block: 'start' });
        preview.focus?.();
    }

    handleBack() {
        this.endReview();
    }

    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }

    handleAction(event) {
        const actions = {
            save: () => this.handleSave(),
            read: () => this.handleRead(),
            discard: () => this.discard(this.given),
            theirs: () => this.discard(this.theirs),
            mine: () => this.rebase(),
            anew: () => this.startAnew(),
            forget: () => this.forget()
        };
        actions[event.detail.name]();
    }

    handleSave() {
        this.isRestored = false;
        this.records = changesOf(this.before, this.shown);
        this.saving.begin(this.shown.mapping.name, this.records, this.shown.read);
    }

    handleSaving() {
        const { state, errors, refusal } = this.saving;
        if (state === 'done') this.finish();
        if (state === 'failed') this.errors = placed(errors, this.records, this.shown);
        if (refusal?.code === 'CHANGED_MEANWHILE') this.meet();
        if (state !== 'running') this.endReview();
        this.touch();
    }

    endReview() {
        this.isReviewing = false;
        this.focusOn = 'heading';
    }

    async readNow() {
        const { name } = this.shown.mapping;
        const read = await readMappings();
        return { draft: draftsOf(read).find(({ mapping }) => mapping.name === name), org: orgOf(read) };
    }

    /** From now on the draft is what the org has. */
    async finish() {
        const { name } = this.shown.mapping;
        this.kept.remove();
        this.before = this.shown;
        this.isSaved = true;
        this.dispatchEvent(new CustomEvent('saved', { detail: { mapping: name } }));
        const { draft: saved } = await this.readNow().catch(() => ({}));
        if (saved) {
            this.open(saved);
            this.isSaved = true;
            this.check();
        }
    }

    /** Somebody else has saved or deleted it: shows what, and lets the user decide. */
    async meet() {
        try {
            const { draft, org } = await this.readNow();
            Object.assign(this, { theirs: draft ?? null, orgWithout: draft ? null : org });
        } catch (error) {
            this.saving.become('broken', { error });
        }
    }

    discard(draft) {
        this.kept.remove();
        this.saving.reset();
        this.open(plain(draft));
        this.look();
    }

    /** There is nothing that the draft could become again. */
    forget() {
        this.kept.remove();
        this.handleClose();
    }

    rebase() {
        const { before, shown, theirs } = this;
        this.review(theirs, before ? merged(before, shown, theirs) : { ...shown, read: theirs.read, org: theirs.org });
    }

    startAnew() {
        this.review(null, anew(this.shown, this.orgWithout));
    }

    /** Goes on with a draft against what the org has now, and shows what saving it changes. */
    review(before, draft) {
        this.before = before;
        this.show(draft);
        this.kept.put(before, draft);
        this.saving.reset();
        this.isRestored = false;
        this.handleReview();
        this.check();
    }
}
