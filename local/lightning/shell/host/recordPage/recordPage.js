import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { objectInfo, objectPages, pageFor } from 'host/pages';
import { nameFieldOf, recordFields } from 'host/query';
import { noteViewed } from 'host/recent';
import FORM_FACTOR from '@salesforce/client/formFactor';

/** What a record shows where no Lightning page was made for its object. */
const standardPage = {
  template: 'flexipage:recordHomeTemplateDesktop',
  regions: {
    header: [{ name: 'force:highlightsPanel', id: 'highlights', properties: {}, facets: {} }],
    main: [
      { name: 'force:detailPanel', id: 'details', properties: {}, facets: {} },
      { name: 'force:relatedListContainer', id: 'related', properties: {}, facets: {} },
    ],
  },
};

const namesHighlights = (components) =>
  components.some(({ name }) => name === 'force:highlightsPanel');

/** A record: one request serves highlights, details and the forms of its actions. */
export default class RecordPage extends LightningElement {
  @api recordId;
  @api objectApiName;
  result = { data: undefined, error: undefined };

  get info() {
    return objectInfo(this.objectApiName);
  }

  get page() {
    return pageFor(this.objectApiName, FORM_FACTOR) ?? standardPage;
  }

  get fields() {
    const { compactFields, layout, actions } = objectPages(this.objectApiName);
    const columns = [...layout.sections, ...actions].flatMap((one) => one.columns).flat();
    const names = [...compactFields, ...columns.map(({ field }) => field)];
    // An org that is away has told nothing of the object: asking for its id says why.
    if (!this.info) return [`${this.objectApiName}.Id`];
    return recordFields(this.info, [nameFieldOf(this.info.nameFields), ...names]);
  }

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  take(result) {
    this.result = result;
    const { id } = result.data ?? {};
    const { userId } = globalThis.lightningHost;
    if (id) noteViewed(window.localStorage, userId, this.objectApiName, id);
    this.dispatchEvent(new CustomEvent('title', { detail: { title: this.title } }));
  }

  get title() {
    if (this.isMissing) return 'Record not available';
    return [this.name, this.info?.label].filter(Boolean).join(' | ');
  }

  get name() {
    const { data } = this.result;
    const field = this.info && nameFieldOf(this.info.nameFields);
    return data ? data.fields[field]?.value : this.recordId;
  }

  get isMissing() {
    return [403, 404].includes(this.result.error?.status);
  }

  get failure() {
    const { error } = this.result;
    return error && !this.isMissing
      ? `The record could not be read. ${error.body.message}`
      : undefined;
  }

  get isNameless() {
    return !Object.values(this.page.regions).some(namesHighlights);
  }

  get context() {
    const { recordId, objectApiName, info, name } = this;
    return { recordId, objectApiName, objectInfo: info, name, record: this.result.data };
  }
}
