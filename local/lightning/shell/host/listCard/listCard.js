import { LightningElement, api } from 'lwc';
import { urlOf } from 'platform/router';
import { objectInfo, objectPages } from 'host/pages';

/** `flexipage:filterListCard`: the first records of a list view. */
export default class ListCard extends LightningElement {
  @api objectApiName;
  @api filterName;
  @api pageSize;

  get info() {
    return objectInfo(this.objectApiName);
  }

  get view() {
    return objectPages(this.objectApiName).listViews.find(({ name }) => name === this.filterName);
  }

  get url() {
    return urlOf({
      type: 'standard__objectPage',
      attributes: { objectApiName: this.objectApiName, actionName: 'list' },
      state: { filterName: this.filterName },
    });
  }
}
