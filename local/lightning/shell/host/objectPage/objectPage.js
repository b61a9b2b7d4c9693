import { LightningElement, api } from 'lwc';
import { navigate } from 'platform/router';
import { iconOf, objectInfo, objectPages } from 'host/pages';
import { recentView, viewedOf } from 'host/recent';

/** The records of an object, by a list view. */
export default class ObjectPage extends LightningElement {
  @api objectApiName;
  @api actionName;
  /** API name of the list view; _Recently Viewed_ when left out, as in an org where nobody has pinned another, or not known. */
  @api filterName;

  get info() {
    return objectInfo(this.objectApiName);
  }

  get views() {
    const { listViews, recentColumns } = objectPages(this.objectApiName);
    const { userId } = globalThis.lightningHost;
    const viewed = viewedOf(window.localStorage, userId, this.objectApiName);
    return [recentView(recentColumns, viewed, this.info.labelPlural), ...listViews];
  }

  get view() {
    const { views } = this;
    return views.find(({ name }) => name === this.filterName) ?? views[0];
  }

  /** As a list, so that another view is another component and begins anew. */
  get shownViews() {
    return [this.view];
  }

  get problem() {
    if (!['list', 'home'].includes(this.actionName)) {
      return {
        heading: 'Not shown here',
        text: `The host does not show the action ${this.actionName}.`,
      };
    }
    if (this.objectApiName === 'Report') {
      return { heading: 'Not shown here', text: 'The host does not show reports; an org does.' };
    }
    if (!this.info) {
      const text = `There is no object ${this.objectApiName}, or you have no access to it. Ask your Salesforce admin.`;
      return { heading: "You don't have access to this page", text };
    }
    return undefined;
  }

  get iconName() {
    return iconOf(this.objectApiName);
  }

  get options() {
    return this.views.map(({ name, label }) => ({ value: name, label }));
  }

  handleView(event) {
    navigate({
      type: 'standard__objectPage',
      attributes: { objectApiName: this.objectApiName, actionName: 'list' },
      state: { filterName: event.detail.value },
    });
  }
}
