import { LightningElement, api } from 'lwc';
import { navigate } from 'platform/router';
import { iconOf, objectInfo, objectPages } from 'host/pages';

/** The records of an object, by a list view. */
export default class ObjectPage extends LightningElement {
  @api objectApiName;
  @api actionName;
  /** API name of the list view; the first that shows all when left out or not known. */
  @api filterName;

  get info() {
    return objectInfo(this.objectApiName);
  }

  get views() {
    return objectPages(this.objectApiName).listViews;
  }

  get view() {
    const all = this.views.find(({ filters }) => filters.length === 0);
    return this.views.find(({ name }) => name === this.filterName) ?? all ?? this.views[0];
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
    if (!this.info) {
      const text = `There is no object ${this.objectApiName}, or you have no access to it. Ask your Salesforce admin.`;
      return { heading: "You don't have access to this page", text };
    }
    if (!this.view) {
      return {
        heading: this.info.labelPlural,
        text: 'The project has no list view of this object.',
      };
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
